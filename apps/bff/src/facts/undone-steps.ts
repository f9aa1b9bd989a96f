import { listStops, mergeFacts, toStatusSince, type Stop } from "@peering-desk/peering-rules"
import { escapeInvisible, getNetworkName, type Container, type Peering } from "@peering-desk/shared-schemas"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { KeptFacts } from "./network-facts.ts"

export interface Connection {
  peering: Peering
  container: Container | null
}

interface Change {
  before: readonly KeptFacts[]
  after: readonly KeptFacts[]
  now: number
}

/**
 * Returns an event for each connection with a stop that was proven when somebody last pasted, and is broken now. What a link's holder
 * pasted undoes nothing until somebody signed in accepts it.
 */
export function findUndone(connections: readonly Connection[], { before, after, now }: Change): AuditEvent[] {
  const provenAt = Math.max(0, ...before.map(({ pastedAt }) => pastedAt))
  return connections.flatMap((connection) => {
    const proven = new Set(
      listWith(connection, before, provenAt)
        .filter(isProven)
        .map(({ id }) => id),
    )
    const undone = listWith(connection, after, now).find(
      ({ id, state }) => state === "broken" && proven.has(id),
    )
    return undone === undefined ? [] : [toEvent(connection, undone)]
  })
}

function listWith({ peering, container }: Connection, kept: readonly KeptFacts[], now: number): Stop[] {
  const pasted = kept.filter(({ source }) => source !== "link").map(({ facts }) => facts)
  const { facts } = mergeFacts(pasted, now)
  return listStops(peering.peer, container, facts, now, peering.steps, toStatusSince(peering.history))
}

function isProven({ state }: Stop): boolean {
  return state === "proven"
}

function toEvent({ peering }: Connection, { id: step, says: why }: Stop): AuditEvent {
  const { projectId, id: peeringId, peer, label } = peering
  const name = label ?? escapeInvisible(getNetworkName(peer) || peeringId)
  const about = { projectId, peeringId, providerName: peer.providerName }
  return { actor: null, address: null, action: "step-undone", ...about, detail: { name, step, why } }
}
