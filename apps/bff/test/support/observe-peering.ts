import { readStatus, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"
import { addTimes } from "#polling/observe-peering.ts"

interface Observation {
  projectId: string
  peer: AtlasPeer
  raw: RawAnswer
  /** ISO 8601, UTC. */
  at: string
}

/** Builds a peering of others from the first answer that shows it. */
export function observePeering({ projectId, peer, raw, at }: Observation): Peering {
  const history = [{ status: readStatus(peer), at }]
  const begin = { history, beginSeen: true, firstSeenAt: at, leftAvailableAt: null }
  const annotation = { origin: "adopted", createdBy: null, createdAt: null, label: null } as const
  return addTimes({ projectId, id: peer.id, peer, raw, ...begin, ...annotation })
}
