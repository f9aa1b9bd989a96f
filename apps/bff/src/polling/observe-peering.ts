import { readStatus, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"
import type { PeeringRecord } from "./annotations.ts"

const keptStatuses = 50

interface Observation {
  projectId: string
  peer: AtlasPeer
  raw: RawAnswer
  /** ISO 8601, UTC. */
  at: string
  /** Whether we know when it began: we created it, or the cloud was watched before and it was not there. */
  beginSeen: boolean
  /** What the store knows of it. */
  record?: PeeringRecord
}

const noRecord: PeeringRecord = { origin: "adopted", createdBy: null, createdAt: null, label: null }

/**
 * Joins a new observation to what was known. Returns the known object itself when nothing changed, so that nobody is told.
 * The history grows only when the status word changes.
 */
export function observePeering(known: Peering | null, observation: Observation): Peering {
  const { projectId, peer, raw, at, beginSeen, record = known ?? noRecord } = observation
  const status = readStatus(peer)
  if (known === null) {
    const history = [{ status, at }]
    const begin = { history, beginSeen, firstSeenAt: at, leftAvailableAt: null }
    return { projectId, id: peer.id, peer, raw, ...begin, ...record }
  }
  const recorded = recordPeering(known, record)
  if (isSame(known.raw, raw)) return recorded
  if (known.history.at(-1)?.status === status) return { ...recorded, peer, raw }
  const history = [...known.history, { status, at }].slice(-keptStatuses)
  return { ...recorded, peer, raw, history, leftAvailableAt: toLeftAvailableAt(history) }
}

/** Puts what the store knows to a connection; the known object itself when that is nothing new. */
export function recordPeering(known: Peering, record: PeeringRecord): Peering {
  const { origin, createdBy, createdAt, label, steps } = record
  const before = {
    origin: known.origin,
    createdBy: known.createdBy,
    createdAt: known.createdAt,
    label: known.label,
  }
  const same = isSame(before, { origin, createdBy, createdAt, label }) && isSame(known.steps, steps)
  return same ? known : { ...known, origin, createdBy, createdAt, label, steps }
}

/** When a connection that worked was first seen not to; null while it works, and when it never did. */
export function toLeftAvailableAt(history: Peering["history"]): string | null {
  const last = history.findLastIndex(({ status }) => status === "AVAILABLE")
  return last === -1 ? null : (history[last + 1]?.at ?? null)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
