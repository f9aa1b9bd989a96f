import { providerLabels, type Watch } from "@peering-desk/shared-schemas"
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
 * Finds the clouds that the server can't read at present, as a text, and when it last read all of them; null when there are none.
 * `clouds` is null when it can read no cloud, `at` when it never read one of them.
 */
export function findPause(watches: readonly Watch[]): { clouds: string | null; at: string | null } | null {
  const paused = watches.filter(({ problem }) => problem !== null)
  if (paused.length === 0) return null
  const isAll = paused.length === watches.length
  return {
    clouds: isAll ? null : paused.map(({ providerName }) => providerLabels[providerName]).join(", "),
    // An empty text comes first.
    at: paused.map(({ checkedAt }) => checkedAt ?? "").toSorted()[0] || null,
  }
}
