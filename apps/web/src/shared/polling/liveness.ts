import { providerLabels, type Watch } from "@peering-desk/shared-schemas"
import { formatCount } from "#copy/counts.ts"
import type { StreamState } from "#api/stream/shared-stream.ts"

/** A cut this short is not worth the word "stale". */
const staleAfterMs = 45_000

export type Liveness = "connecting" | "live" | "reconnecting" | "stale"

/**
 * Computes how fresh the page is.
 * @param now milliseconds since 1970
 */
export function computeLiveness({ phase, heardAt }: StreamState, now: number): Liveness {
  if (phase !== "reconnecting") return phase
  return heardAt !== null && now - heardAt > staleAfterMs ? "stale" : "reconnecting"
}

/**
 * Finds what the server can't read at present, as a text, and when it last read all of it; null when there is nothing. `what` names clouds,
 * or counts projects where there are several. It is null when the server can read nothing; `at` is when it never read one of them.
 */
export function findPause(watches: readonly Watch[]): { what: string | null; at: string | null } | null {
  const paused = watches.filter(({ problem }) => problem !== null)
  if (paused.length === 0) return null
  const all = countProjects(watches)
  const clouds = paused.map(({ providerName }) => providerLabels[providerName]).join(", ")
  return {
    what:
      paused.length === watches.length
        ? null
        : all > 1
          ? `${countProjects(paused)} of ${formatCount(all, "project")}`
          : clouds,
    // An empty text comes first.
    at: paused.map(({ checkedAt }) => checkedAt ?? "").toSorted()[0] || null,
  }
}

/** Returns when the list that was read longest ago was read; null without any, or while one was never read. */
export function findOldestRead(watches: readonly Watch[]): string | null {
  return watches.map(({ checkedAt }) => checkedAt ?? "").toSorted()[0] || null
}

function countProjects(watches: readonly Watch[]): number {
  return new Set(watches.map(({ projectId }) => projectId)).size
}
