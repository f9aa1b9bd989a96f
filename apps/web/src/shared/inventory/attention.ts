import { isBroken, isDeclined } from "@peering-desk/peering-rules"
import type { InventoryPeering } from "@peering-desk/shared-schemas"
import type { StateGroup } from "#copy/inventory.ts"
import { readExpiry, toTurn, type InventoryRow } from "./inventory-rows.ts"

const dayMs = 24 * 60 * 60 * 1000

/** The reasons why a person must act on a connection, most urgent first. A request that expires within a day is `expiring`. */
export const attentionGroups = ["declined", "expiring", "broken", "waiting", "failed"] as const
export type AttentionGroup = (typeof attentionGroups)[number]

type Attended = Pick<InventoryRow, "turn" | "deletion" | "peering" | "expiry">

/**
 * Returns why a person must act on a connection; null if nobody must.
 * @param now milliseconds since 1970
 */
export function getAttentionGroup(row: Attended, now: number): AttentionGroup | null {
  if (row.deletion !== null) return null
  if (isDeclined(row.peering)) return "declined"
  if (isBroken(row.peering)) return "broken"
  if (row.turn === "failed") return "failed"
  if (row.turn !== "you") return null
  return expiresWithin(row, dayMs, now) ? "expiring" : "waiting"
}

/** Returns whether a person must act on a connection: in their cloud, or on a failure. */
export function needsAttention(row: Attended): boolean {
  return getAttentionGroup(row, 0) !== null
}

/** Counts the connections on which a person must act now: all that need attention but the ones that wait for their network's owner. */
export function countForPerson(peerings: readonly InventoryPeering[], now: number): number {
  return peerings.filter((peering) => {
    const row = { peering, turn: toTurn(peering), deletion: null, expiry: readExpiry(peering) }
    const group = getAttentionGroup(row, now)
    return group !== null && group !== "waiting"
  }).length
}

/** Returns whether a request can expire within some milliseconds. */
export function expiresWithin({ expiry }: Pick<InventoryRow, "expiry">, ms: number, now: number): boolean {
  return expiry !== null && Date.parse(expiry.earliest) - now <= ms
}

/** Returns whether a row belongs to a state that lists are filtered by. A declined request still needs action. */
export function isInState({ turn, deletion, peering }: InventoryRow, state: StateGroup): boolean {
  if (deletion !== null || state === "deleted") return deletion !== null && state === "deleted"
  if (state === "declined") return isDeclined(peering)
  if (state === "broken") return isBroken(peering)
  if (isDeclined(peering)) return state === "you"
  return turn === state && !isBroken(peering)
}

type Order = (a: InventoryRow, b: InventoryRow) => number

/** The turns of connections on which nobody must act. */
const laterTurns: readonly InventoryRow["turn"][] = ["unknown", "atlas", "closing", "works"]

/** Orders by the groups, then by expiry, then the rest; the longest in its state first. */
export function orderByAttention(now: number): Order {
  const getRank = (row: InventoryRow) => {
    const group = getAttentionGroup(row, now)
    return group === null
      ? attentionGroups.length + laterTurns.indexOf(row.turn)
      : attentionGroups.indexOf(group)
  }
  return (a, b) => getRank(a) - getRank(b) || getEnd(a) - getEnd(b) || bySince(a, b)
}

/** Orders by time in the state. One that began before the first poll may be the oldest: it comes first. */
export const bySince: Order = ({ peering: a }, { peering: b }) =>
  Number(a.statusSinceSeen) - Number(b.statusSinceSeen) || toTime(a.statusSince) - toTime(b.statusSince)

function getEnd({ expiry }: InventoryRow): number {
  return toTime(expiry?.earliest ?? null)
}

/** Puts a missing time last. */
function toTime(instant: string | null): number {
  return instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant)
}
