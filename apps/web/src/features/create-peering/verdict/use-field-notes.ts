import type { VerdictSummary } from "@peering-desk/peering-rules"
import { useMemo } from "react"
import { toFieldHint } from "#copy/field-hints.ts"
import { toFieldName } from "#features/create-peering/draft/form-values.ts"
import { useCloudFormContext } from "#features/create-peering/form/cloud-form-context.ts"
import type { FieldNote } from "#ui/fields/TextField.tsx"
import { toCheckAnchor } from "./check-anchor.ts"

/** Returns field → a short remark; the panel has the whole sentence. A malformed field reports that by itself on blur. */
export function useFieldNotes(): Readonly<Record<string, FieldNote>> {
  const summary = useCloudFormContext().live?.summary
  return useMemo(() => {
    const notes: Record<string, FieldNote> = {}
    const put = (tone: FieldNote["tone"], checks: VerdictSummary["refused"]) => {
      for (const check of checks)
        if (check.field !== null && !(check.id === "fields" && tone === "failed"))
          notes[toFieldName(check.field)] ??= {
            tone,
            says: toFieldHint(check),
            ...(check.id !== "fields" && { href: `#${toCheckAnchor(check)}` }),
          }
    }
    put("failed", summary?.refused ?? [])
    put("you", summary?.warnings ?? [])
    return notes
  }, [summary])
}
