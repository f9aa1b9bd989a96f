import type { Verdict } from "@peering-desk/shared-schemas"
import { createContext } from "react"
import { toFieldName } from "./connection-values.ts"

/** Field of the form → what the verdict says of it. */
export type FieldNotes = Readonly<Record<string, string>>

export const FieldNotesContext = createContext<FieldNotes>({})

/** What would make Atlas refuse, at the field it is about. What is merely not filled in right is told when the field is left. */
export function toFieldNotes(verdict: Verdict | null): FieldNotes {
  const notes: Record<string, string> = {}
  for (const { id, status, field, says } of verdict?.checks ?? [])
    if (status === "red" && field !== null && id !== "fields") notes[toFieldName(field)] ??= says
  return notes
}
