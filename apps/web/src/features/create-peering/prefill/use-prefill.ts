import type { PeeringDraft, SuggestedFix } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import {
  fillFrom,
  toDraft,
  toFieldName,
  type FieldName,
  type FormValues,
} from "#features/create-peering/draft/form-values.ts"

interface Prefill {
  title: string
  /** The fields that it changed, with their previous values. */
  before: [FieldName, string][]
}

/** Fills a form for the person, undoes that step by step, and registers the form with the page. */
export function usePrefill(form: UseFormReturn<FormValues>) {
  const { forms } = useCreatePage()
  const [prefills, setPrefills] = useState<readonly Prefill[]>([])
  const [byHand] = useState(
    () => new Set(Object.entries(form.getValues()).flatMap(([name, value]) => (value ? name : []))),
  )

  function put(values: readonly (readonly [FieldName, string])[]) {
    for (const [name, value] of values) {
      form.setValue(name, value)
      form.clearErrors(name)
    }
  }

  function fill(title: string, draft: PeeringDraft) {
    const values = form.getValues()
    const changed = (Object.entries(fillFrom(values, draft)) as [FieldName, string][]).filter(
      ([name, value]) => values[name] !== value,
    )
    if (changed.length === 0) return
    put(changed)
    const before = changed.map(([name]): [FieldName, string] => [name, values[name] ?? ""])
    setPrefills((all) => [...all, { title, before }])
  }

  useEffect(() => {
    forms.set(form.getValues("providerName"), {
      read: () => toDraft(form.getValues()),
      isByHand: (name) => byHand.has(toFieldName(name)),
      fill,
    })
  })

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ name, type }) => {
          if (type === "change" && name !== undefined) byHand.add(name)
        },
      }),
    [form, byHand],
  )

  return {
    fill,
    apply: ({ title, change }: SuggestedFix) => {
      if (change.kind === "fill") fill(title, change.draft)
    },
    /** Title of the last prefill; null when there is nothing to undo. */
    last: prefills.at(-1)?.title ?? null,
    undo: () => {
      put(prefills.at(-1)?.before ?? [])
      setPrefills((all) => all.slice(0, -1))
    },
    /** Forgets every prefill and every edit, for a form that starts over. */
    forget: () => {
      setPrefills([])
      byHand.clear()
    },
  }
}
