import type { VerdictSummary } from "@peering-desk/peering-rules"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatCount } from "./counts.ts"

/** Says that the server gave no answer, so only the page has checked. */
export const notCheckedByServer = "Not checked by the server"

/**
 * Says in one line where a verdict leaves the person.
 * @param wrong the number of fields with an error, which is said beside the button too
 */
export function toVerdictTitle(
  { kind, missing, refused, warnings, notChecked }: VerdictSummary,
  wrong = 0,
): { tone: Tone; says: string } {
  switch (kind) {
    case "refused":
      return { tone: "failed", says: `Can't create yet: ${formatCount(refused.length, "problem")}` }
    case "incomplete":
      return {
        tone: "unknown",
        says: `${wrong > 0 ? `Fix ${formatCount(wrong, "field")}` : `Fill in ${formatCount(missing.length, "field")}`} to check this connection`,
      }
    case "not-checked": {
      const found = warnings.length === 0 ? "No problems found" : formatCount(warnings.length, "warning")
      return {
        tone: "unknown",
        says: notChecked.length === 0 ? "Not checked yet" : `${found}, ${notChecked.length} not checked`,
      }
    }
    case "warnings":
      return { tone: "you", says: `Ready to create, ${formatCount(warnings.length, "warning")}` }
    case "ready":
      return { tone: "works", says: "Ready to create" }
  }
}
