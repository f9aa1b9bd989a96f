import { providerLabels, type ReadState } from "@peering-desk/shared-schemas"
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
export function findPause({
  projectCount,
  failing,
}: ReadState): { what: string | null; at: string | null } | null {
  if (failing === null) return null
  const clouds = failing.providerNames.map((name) => providerLabels[name]).join(", ")
  const ofAll = `${failing.projectCount} of ${formatCount(projectCount, "project")}`
  return { what: failing.isEverything ? null : projectCount > 1 ? ofAll : clouds, at: failing.oldestAt }
}
