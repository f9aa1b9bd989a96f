import { summariseVerdict, type VerdictSummary } from "@peering-desk/peering-rules"
import type { CheckStatus, Verdict } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatCount } from "./counts.ts"

/** The heading of each group of checks, worst first. */
export const groups: readonly { status: CheckStatus; tone: Tone; title: string }[] = [
  { status: "red", tone: "failed", title: "Problems" },
  { status: "amber", tone: "you", title: "Warnings" },
  { status: "open", tone: "unknown", title: "Not checked yet" },
  { status: "green", tone: "works", title: "Passed" },
]

/** Says in one line where a verdict leaves the person. */
export function toVerdictTitle({ kind, missing, refused, warnings, notChecked }: VerdictSummary): {
  tone: Tone
  says: string
} {
  switch (kind) {
    case "refused":
      return { tone: "failed", says: `Can't create yet: ${formatCount(refused.length, "problem")}` }
    case "incomplete":
      return {
        tone: "unknown",
        says: `Fill in ${formatCount(missing.length, "field")} to check this connection`,
      }
    case "not-checked":
      return {
        tone: "unknown",
        says:
          notChecked.length === 0
            ? "Not checked yet"
            : `${formatCount(notChecked.length, "check")} not possible`,
      }
    case "warnings":
      return { tone: "you", says: `Ready to create, ${formatCount(warnings.length, "warning")}` }
    case "ready":
      return { tone: "works", says: "Ready to create" }
  }
}

/** Summarizes a verdict in one line. */
export function toSummary(verdict: Verdict): { tone: Tone; says: string } {
  return toVerdictTitle(summariseVerdict(verdict))
}
