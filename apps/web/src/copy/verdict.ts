import type { VerdictSummary } from "@peering-desk/peering-rules"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatCount } from "./counts.ts"

/**
 * Says in a few words where a verdict leaves the person.
 * @param todo what the fields of the form still need, see `toFormTodo`; null for nothing
 */
export function toVerdictTitle(
  { kind, refused, warnings, notChecked }: VerdictSummary,
  todo: string | null,
  { confirmedAt, isUnconfirmed }: { confirmedAt: string | null; isUnconfirmed: boolean },
): { tone: Tone; says: string; isSettled: boolean } {
  const settled = (tone: Tone, says: string) => ({ tone, says, isSettled: true })
  if (kind === "refused") return settled("failed", formatCount(refused.length, "problem"))
  if (todo !== null) return { tone: "unknown", says: todo, isSettled: false }
  if (isUnconfirmed) return settled("unknown", "Not checked by the server")
  if (confirmedAt === null) return { tone: "atlas", says: "Checking…", isSettled: false }
  const found = formatCount(warnings.length, "warning")
  if (kind === "ready") return settled("works", "Ready to create")
  if (kind === "warnings") return settled("you", `Ready to create, ${found}`)
  if (notChecked.length === 0) return settled("unknown", "Not checked yet")
  return settled(
    "unknown",
    warnings.length === 0 ? "No problems found" : `${found}, ${notChecked.length} not checked`,
  )
}

/** Says what the fields of a form still need, in the panel as beside the button. */
export function toFormTodo(fields: number, hasMistakes: boolean): string | null {
  if (fields === 0) return null
  return hasMistakes ? `Fix ${formatCount(fields, "field")}` : `${formatCount(fields, "field")} to fill in`
}
