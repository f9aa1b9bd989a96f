import { providerNames, type ReadState, type UnreadProject, type Watch } from "@peering-desk/shared-schemas"

/** Summarises how the connection lists of one project were read. */
export function summariseReads(watches: readonly Watch[]): ReadState {
  const failing = watches.filter(({ problem }) => problem !== null)
  return {
    projectCount: watches.length === 0 ? 0 : 1,
    oldestAt: findOldest(watches.map(({ checkedAt }) => checkedAt)),
    failing:
      failing.length === 0
        ? null
        : {
            projectCount: 1,
            providerNames: failing.map(({ providerName }) => providerName),
            isEverything: failing.length === watches.length,
            oldestAt: findOldest(failing.map(({ checkedAt }) => checkedAt)),
          },
  }
}

/** Puts the summaries of several projects together. */
export function mergeReads(all: readonly ReadState[]): ReadState {
  const asked = all.filter(({ projectCount }) => projectCount > 0)
  const failing = asked.flatMap((one) => one.failing ?? [])
  return {
    projectCount: asked.length,
    oldestAt: findOldest(asked.map(({ oldestAt }) => oldestAt)),
    failing:
      failing.length === 0
        ? null
        : {
            projectCount: failing.length,
            providerNames: [...new Set(failing.flatMap((one) => one.providerNames))],
            isEverything:
              failing.length === asked.length && failing.every(({ isEverything }) => isEverything),
            oldestAt: findOldest(failing.map(({ oldestAt }) => oldestAt)),
          },
  }
}

/** Returns whether some list of a project is missing or old. */
export function isPartlyUnread({ watches, containersProblem }: Omit<UnreadProject, "project">): boolean {
  return (
    containersProblem !== null ||
    watches.length < providerNames.length ||
    watches.some(({ checkedAt, problem }) => checkedAt === null || problem !== null)
  )
}

/** Returns the first of some instants, ISO 8601; null without any, or with one that is null. */
function findOldest(instants: readonly (string | null)[]): string | null {
  let oldest: string | null = null
  for (const at of instants) {
    if (at === null) return null
    if (oldest === null || at < oldest) oldest = at
  }
  return oldest
}
