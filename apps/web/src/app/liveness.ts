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
