import type { CheckStatus, Verdict } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** The heading of each group of checks, worst first. */
export const groups: readonly { status: CheckStatus; tone: Tone; title: string }[] = [
  { status: "red", tone: "failed", title: "Atlas would refuse" },
  { status: "amber", tone: "you", title: "Worth a look" },
  { status: "open", tone: "unknown", title: "Not known yet" },
  { status: "green", tone: "works", title: "In order" },
]

const summaries: Record<CheckStatus, { tone: Tone; says: (count: number) => string }> = {
  red: { tone: "failed", says: (count) => `Atlas would refuse this: ${toThings(count)} in the way` },
  amber: { tone: "you", says: (count) => `Atlas would take this; ${toThings(count)} worth a look` },
  open: { tone: "unknown", says: () => "Nothing speaks against it so far" },
  green: { tone: "works", says: () => "Atlas would take this" },
}

/** Summarizes a verdict in one sentence. */
export function toSummary({ status, checks }: Verdict): { tone: Tone; says: string } {
  const { tone, says } = summaries[status]
  return { tone, says: says(checks.filter((check) => check.status === status).length) }
}

function toThings(count: number): string {
  return count === 1 ? "one thing" : `${count} things`
}
