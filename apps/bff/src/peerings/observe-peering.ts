import { readStatus, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"

const keptStatuses = 50

/** What we know of a connection and Atlas does not tell. */
type PeeringRecord = Pick<Peering, "origin" | "firstSeenAt" | "createdBy" | "createdAt" | "label" | "steps">

interface Observation {
  projectId: string
  peer: AtlasPeer
  raw: RawAnswer
  /** ISO 8601, UTC. */
  at: string
  /** Whether we know when it began: we created it, or the cloud was watched before and it was not there. */
  beginSeen: boolean
  /** What the store knows of it; left out when that is nothing new. */
  record?: Partial<PeeringRecord>
}

/**
 * Joins a new observation to what was known. Returns the known object itself when nothing changed, so that nobody is told.
 * The history grows only when the status word changes.
 */
export function observePeering(known: Peering | null, observation: Observation): Peering {
  const { projectId, peer, raw, at, beginSeen, record = {} } = observation
  const status = readStatus(peer)
  if (known === null) {
    const unknown = {
      origin: "adopted",
      firstSeenAt: at,
      createdBy: null,
      createdAt: null,
      label: null,
    } as const
    const history = [{ status, at }]
    return {
      projectId,
      id: peer.id,
      peer,
      raw,
      history,
      beginSeen,
      leftAvailableAt: null,
      ...unknown,
      ...record,
    }
  }
  const recorded = isSame({ ...known, ...record }, known) ? known : { ...known, ...record }
  if (isSame(known.raw, raw)) return recorded
  const last = known.history.at(-1)?.status ?? null
  if (last === status) return { ...recorded, peer, raw }
  const history = [...known.history, { status, at }].slice(-keptStatuses)
  const leftAvailableAt = status === "AVAILABLE" ? null : last === "AVAILABLE" ? at : known.leftAvailableAt
  return { ...recorded, peer, raw, history, leftAvailableAt }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
