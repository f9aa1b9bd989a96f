import { useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import { fieldLabels } from "./field-labels.ts"
import type { FieldName, FormValues } from "#features/create-peering/draft/form-values.ts"

/** A value that was rewritten, with everything that an undo needs. */
interface Rewrite {
  from: string
  to: string
  why: string
  /** Other, empty fields that the same text filled. */
  others: readonly FieldName[]
}

// The readers of links and spellings are a large part of the rules; they load after the page.
const loadNormaliser = () => import("#forms/normalise.ts")

type Rewrites = Partial<Record<FieldName, Rewrite>>

/** Rewrites a typed value with one obvious meaning when the person leaves its field, and undoes that. */
export function useNormalise(form: UseFormReturn<FormValues>) {
  const [rewrites, setRewrites] = useState<Rewrites>({})
  const [refused] = useState(() => new Set<string>())

  async function normalise(name: FieldName) {
    const typed = form.getValues(name) ?? ""
    if (typed === "" || name === "permittedFor" || name === "facts" || name === "replaces") return
    if (refused.has(`${name} ${typed}`)) return
    const normaliser = await loadNormaliser().catch(() => null)
    // Without it the text goes out as it is, and the server judges it.
    if (normaliser === null) return
    const { providerName, ...values } = form.getValues()
    const found = normaliser.normaliseField(name, providerName, typed)
    // The person may have gone back and changed it meanwhile.
    if (values[name] !== typed) return
    if (found === null) return setRewrites((all) => (all[name]?.to === typed ? all : without(all, name)))
    const named = (Object.entries({ ...found.others }) as [FieldName, string][]).filter(
      ([other]) => other in values,
    )
    const others = named.filter(([other]) => !values[other])
    const differing = named.filter(([other, value]) => values[other] && values[other] !== value)
    form.setValue(name, found.value)
    for (const [other, value] of others) {
      form.setValue(other, value)
      form.clearErrors(other)
    }
    const differs = differing.map(([other, value]) => `another ${fieldLabels[other]}: ${value}`).join("; ")
    const why = differs === "" ? found.why : `${found.why}, which has ${differs}`
    const rewrite = { from: typed, to: found.value, why, others: others.map(([other]) => other) }
    setRewrites((all) => ({ ...all, [name]: rewrite }))
  }

  return {
    rewrites,
    normalise,
    /** Brings back what was typed, which then stays. */
    undo: (name: FieldName) => {
      const rewrite = rewrites[name]
      if (rewrite === undefined) return
      refused.add(`${name} ${rewrite.from}`)
      for (const other of rewrite.others) form.setValue(other, "")
      form.setValue(name, rewrite.from)
      void form.trigger(name)
      setRewrites((all) => without(all, name))
      // Its button is gone.
      form.setFocus(name)
    },
    forget: () => setRewrites({}),
  }
}

function without(all: Rewrites, name: FieldName): Rewrites {
  if (all[name] === undefined) return all
  const others = { ...all }
  delete others[name]
  return others
}
