import type { PeeringDraft, SuggestedFix } from "@peering-desk/shared-schemas"
import { useState } from "react"
import type { Path, PathValue, UseFormReturn } from "react-hook-form"
import { fillFrom, type ConnectionValues } from "#features/create-peering/form/connection-values.ts"

/** What was filled in for the person, and what stood there before. */
interface Filling {
  title: string
  before: Partial<Record<string, string>>
}

export type Fillings = ReturnType<typeof usePrefill>

/** Fills fields in for the person, and gives back what they had written themselves, one filling after the other. */
export function usePrefill<Values extends ConnectionValues>(form: UseFormReturn<Values>) {
  const [prefills, setFillings] = useState<readonly Filling[]>([])

  function fill(title: string, draft: PeeringDraft) {
    const values = form.getValues()
    const filled = fillFrom(values, draft)
    const changed = Object.entries(filled).filter(([name, value]) => Reflect.get(values, name) !== value)
    if (changed.length === 0) return
    const before = Object.fromEntries(changed.map(([name]) => [name, String(Reflect.get(values, name))]))
    put(Object.fromEntries(changed))
    setFillings((all) => [...all, { title, before }])
  }

  function put(values: Partial<Record<string, string>>) {
    for (const [name, value] of Object.entries(values)) {
      form.setValue(name as Path<Values>, value as PathValue<Values, Path<Values>>)
      form.clearErrors(name as Path<Values>)
    }
  }

  return {
    fill,
    apply: ({ title, change }: SuggestedFix) => {
      if (change.kind === "fill") fill(title, change.draft)
    },
    /** What was filled in last; null when nothing was, or all is taken back. */
    last: prefills.at(-1)?.title ?? null,
    takeBack: () => {
      const last = prefills.at(-1)
      if (last === undefined) return
      put(last.before)
      setFillings((all) => all.slice(0, -1))
    },
    forget: () => setFillings([]),
  }
}
