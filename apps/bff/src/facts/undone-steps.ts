import { listStops, mergeFacts, toSeenStops, toStatusSince, type Stop } from "@peering-desk/peering-rules"
import type { Broken, Container, Peering, SeenStops } from "@peering-desk/shared-schemas"
import { itself, type AuditEvent } from "#audit/audit-events.ts"
import { toPeeringName } from "#audit/peering-names.ts"
import { toInstant } from "#base/clock.ts"
import type { KeptFacts } from "./network-facts.ts"

export interface Connection {
  peering: Peering
  container: Container | null
  /** Custom DNS on AWS of its project is known to be enabled. */
  customDns?: boolean | undefined
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
export function findUndone(connections: readonly Connection[], change: Change): AuditEvent[] {
  return connections.flatMap((connection) => {
    const undone = findNewlyBroken(connection, change, ["proven"])
    return undone === null
      ? []
      : [{ ...toAbout(connection), action: "step-undone", detail: toDetail(connection, undone) }]
  })
}

/**
 * Compares what a role reads with what was known before. A connection is broken from the reading on that shows a stop to be broken which
 * was proven or not checked, until a reading proves that stop.
 * @returns the events, and the connections that are broken now
 */
export function findBroken(
  connections: readonly Connection[],
  change: Change,
): { events: AuditEvent[]; broken: Record<string, Broken> } {
  const events: AuditEvent[] = []
  const broken: Record<string, Broken> = {}
  const before = change.before.find(({ source }) => source === "read")?.broken ?? {}
  for (const connection of connections) {
    const { id } = connection.peering
    const known = before[id]
    if (known !== undefined && !isFixed(connection, change, known)) {
      broken[id] = known
      continue
    }
    if (known !== undefined) {
      const { name } = toDetail(connection, { id: known.stop, says: known.says })
      events.push({ ...toAbout(connection), action: "fixed-in-aws", detail: { name, step: known.stop } })
    }
    const stop = findNewlyBroken(connection, change, ["proven", "not-checked"], "read")
    if (stop === null) continue
    events.push({ ...toAbout(connection), action: "broken-in-aws", detail: toDetail(connection, stop) })
    broken[id] = { since: toInstant(change.now), stop: stop.id, says: stop.says }
  }
  return { events, broken }
}

/** Sums up what is known of the stops of some connections of one network, by peering id. */
export function listSeen(
  connections: readonly Connection[],
  { after, now }: Pick<Change, "after" | "now">,
): Record<string, SeenStops> {
  const { facts } = mergeProving(after, now)
  const seen = connections.flatMap((connection) => {
    const stops = toSeenStops(listWith(connection, after, now), facts, now)
    return stops === null ? [] : [[connection.peering.id, stops] as const]
  })
  return Object.fromEntries(seen)
}

/** Returns true once the stop is proven; what isn't checked any more proves nothing. DNS is fixed by custom DNS too. */
function isFixed(connection: Connection, { after, now }: Change, { stop }: Broken): boolean {
  const isByCustomDns = stop === "dns" && connection.customDns === true
  return (
    isByCustomDns ||
    listWith(connection, after, now).some(({ id, state }) => id === stop && state === "proven")
  )
}

/** Finds the first stop that is broken now and was something else when facts last came. */
function findNewlyBroken(
  connection: Connection,
  { before, after, now }: Change,
  states: readonly Stop["state"][],
  source?: Stop["source"],
): Stop | null {
  const knownAt = Math.max(0, ...before.map(({ pastedAt }) => pastedAt))
  const was = listWith(connection, before, knownAt).filter(({ state }) => states.includes(state))
  const known = new Set(was.map(({ id }) => id))
  const stops = listWith(connection, after, now)
  const isOf = (stop: Stop) => source === undefined || stop.source === source
  return stops.find((stop) => stop.state === "broken" && known.has(stop.id) && isOf(stop)) ?? null
}

function listWith(
  { peering, container, customDns }: Connection,
  kept: readonly KeptFacts[],
  now: number,
): Stop[] {
  const { facts } = mergeProving(kept, now)
  const since = toStatusSince(peering.history)
  return listStops(peering.peer, container, facts, now, peering.steps, since, customDns)
}

/** What a link's holder pasted proves nothing until somebody signed in accepts it. */
function mergeProving(kept: readonly KeptFacts[], now: number) {
  return mergeFacts(
    kept.filter(({ source }) => source !== "link").map(({ facts }) => facts),
    now,
  )
}

function toAbout({ peering: { projectId, id: peeringId, peer } }: Connection) {
  return { ...itself, projectId, peeringId, providerName: peer.providerName }
}

function toDetail({ peering }: Connection, { id: step, says: why }: { id: string; says: string }) {
  return { name: toPeeringName(peering.label, peering.id, peering.peer), step, why }
}
