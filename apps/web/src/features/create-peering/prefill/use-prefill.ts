import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import {
  fillFrom,
  toFieldName,
  type FieldName,
  type FormValues,
} from "#features/create-peering/draft/form-values.ts"

interface Prefill {
  title: string
  /** The fields that it changed, with their previous values and its own. */
  changes: { name: FieldName; before: string; after: string }[]
  /** Called when it is undone or forgotten. */
  onEnd: () => void
}

/** The fields whose values a person chose: typed, or filled in at their request. Suggestions leave them alone. */
export interface ChosenFields {
  has: (name: FieldName) => boolean
  /** Keeps suggestions away from a value. */
  claim: (name: FieldName) => void
  /** Lets suggestions replace the value again. */
  release: (name: FieldName) => void
}

/**
 * Fills a form for the person and undoes that step by step.
 * @param onFill called when values changed
 */
export function usePrefill(form: UseFormReturn<FormValues>, onFill: () => void) {
  const [prefills, setPrefills] = useState<readonly Prefill[]>([])
  const [chosen] = useState(() => new Set(listFilled(form.getValues())))
  const [chosenFields] = useState<ChosenFields>(() => ({
    has: (name) => chosen.has(name),
    claim: (name) => void chosen.add(name),
    release: (name) => void chosen.delete(name),
  }))

  function put(values: readonly (readonly [FieldName, string])[]) {
    for (const [name, value] of values) {
      if (value === "") chosen.delete(name)
      else chosen.add(name)
      form.setValue(name, value)
      form.clearErrors(name)
    }
  }

  function fill(title: string, draft: PeeringDraft, onEnd = () => {}) {
    const values = form.getValues()
    const changed = (Object.entries(fillFrom(values, draft)) as [FieldName, string][]).filter(
      ([name, value]) => values[name] !== value,
    )
    if (changed.length === 0) return
    put(changed)
    onFill()
    const changes = changed.map(([name, after]) => ({ name, before: values[name] ?? "", after }))
    setPrefills((all) => [...all, { title, changes, onEnd }])
  }

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ name, type, values }) => {
          if (type !== "change" || name === undefined) return
          if (values[name as FieldName] === "") chosen.delete(name)
          else chosen.add(name)
        },
      }),
    [form, chosen],
  )

  return {
    fill,
    chosenFields,
    isChosen: (name: string) => chosen.has(toFieldName(name)),
    /** Title of the last prefill; null when there is nothing to undo. */
    last: prefills.at(-1)?.title ?? null,
    /** Brings the previous values back. A field that was edited since keeps its value. */
    undo: () => {
      const { changes = [], onEnd } = prefills.at(-1) ?? {}
      const untouched = changes.filter(({ name, after }) => form.getValues(name) === after)
      put(untouched.map(({ name, before }) => [name, before] as const))
      onEnd?.()
      setPrefills((all) => all.slice(0, -1))
    },
    /** Forgets every prefill and every edit, for a form that is cleared. */
    forget: () => {
      for (const { onEnd } of prefills) onEnd()
      setPrefills([])
      chosen.clear()
    },
    /** Takes the values of a form that was brought back as the person's own. */
    adopt: (values: FormValues) => {
      for (const name of listFilled(values)) chosen.add(name)
    },
  }
}

function listFilled(values: FormValues): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value ? name : []))
}
