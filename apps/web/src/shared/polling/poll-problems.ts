import { providerLabels, type ProblemCode, type Watch } from "@peering-desk/shared-schemas"
import { toCodeWords, type ProblemWords } from "#copy/problems.ts"

export interface PollProblem {
  /** The first of the clouds. */
  key: string
  projectId: string
  words: ProblemWords
  /** The clouds that have it, as a text. */
  clouds: string
  checkedAt: string | null
  retryAt: string | null
}

type FailingWatch = Watch & { problem: ProblemCode }

/** The troubles, each once with all the clouds that have it, and the oldest and soonest of their times. */
export function toTroubles(watches: readonly Watch[]): PollProblem[] {
  const failing = watches.filter((watch): watch is FailingWatch => watch.problem !== null)
  return failing.flatMap((first) => {
    const same = failing.filter((other) => isSameTrouble(first, other))
    if (same[0] !== first) return []
    return {
      key: first.providerName,
      projectId: first.projectId,
      words: toCodeWords(first.problem, first.atlas),
      clouds: same.map(({ providerName }) => providerLabels[providerName]).join(", "),
      checkedAt: same.some(({ checkedAt }) => checkedAt === null) ? null : toEarliest(same, "checkedAt"),
      retryAt: toEarliest(same, "retryAt"),
    }
  })
}

function isSameTrouble(one: FailingWatch, other: FailingWatch): boolean {
  return one.problem === other.problem && one.atlas?.errorCode === other.atlas?.errorCode
}

/** The earliest of some instants, all ISO 8601 in UTC; null without any. */
function toEarliest(watches: readonly Watch[], name: "checkedAt" | "retryAt"): string | null {
  return watches
    .map((watch) => watch[name])
    .reduce((earliest, at) => (earliest === null || (at !== null && at < earliest) ? at : earliest), null)
}
