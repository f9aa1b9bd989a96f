import { readStatus, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"

const keptStatuses = 50

interface Observation {
  projectId: string
  peer: AtlasPeer
  raw: RawAnswer
  /** ISO 8601, UTC. */
  at: string
  /** Whether we know when it began: we created it, or the cloud was watched before and it was not there. */
  beginSeen: boolean
}

/**
 * Joins a new observation to what was known. Returns the known object itself when nothing changed, so that nobody is told.
 * The history grows only when the status word changes.
 */
export function observePeering(
  known: Peering | null,
  { projectId, peer, raw, at, beginSeen }: Observation,
): Peering {
  const status = readStatus(peer)
  if (known === null) return { projectId, id: peer.id, peer, raw, history: [{ status, at }], beginSeen }
  if (JSON.stringify(known.raw) === JSON.stringify(raw)) return known
  const history =
    known.history.at(-1)?.status === status
      ? known.history
      : [...known.history, { status, at }].slice(-keptStatuses)
  return { ...known, peer, raw, history }
}
