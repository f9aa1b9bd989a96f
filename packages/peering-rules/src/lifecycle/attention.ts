import { attentionGroups, type AttentionGroup, type InventoryPeering } from "@peering-desk/shared-schemas"
import { isBroken } from "./broken.ts"
import { isDeclined } from "./decline.ts"
import { computeExpiry, toExpiry, type Expiry } from "./expiry.ts"
import type { WaitingOn } from "./lifecycle.ts"

export const dayMs = 24 * 60 * 60 * 1000

/** A connection of a list, as far as it is grouped and ordered by. */
export interface ListedPeering {
  peering: InventoryPeering
  turn: WaitingOn
  /** When AWS drops the request; null when nothing waits in AWS. */
  expiry: Expiry | null
  /** Null while Atlas lists it. */
  deletion: object | null
}

/** The states that lists are filtered by. */
export type StateGroup = WaitingOn | "declined" | "broken" | "deleted"

/**
 * Returns why a person must act on a connection; null if nobody must.
 * @param now milliseconds since 1970
 */
export function getAttentionGroup(row: ListedPeering, now: number): AttentionGroup | null {
  if (row.deletion !== null) return null
  if (isDeclined(row.peering)) return "declined"
  if (isBroken(row.peering)) return "broken"
  if (row.turn === "failed") return "failed"
  if (row.turn !== "you") return null
  return expiresWithin(row, dayMs, now) ? "expiring" : "waiting"
}

/** Returns whether a person must act on a connection: in their cloud, or on a failure. */
export function needsAttention(row: ListedPeering): boolean {
  return getAttentionGroup(row, 0) !== null
}

/** Returns whether a request can expire within some milliseconds. */
export function expiresWithin({ expiry }: Pick<ListedPeering, "expiry">, ms: number, now: number): boolean {
  return expiry !== null && Date.parse(expiry.earliest) - now <= ms
}

/** Returns whether a row belongs to a state that lists are filtered by. A declined request still needs action. */
export function isInState({ turn, deletion, peering }: ListedPeering, state: StateGroup): boolean {
  if (deletion !== null || state === "deleted") return deletion !== null && state === "deleted"
  if (state === "declined") return isDeclined(peering)
  if (state === "broken") return isBroken(peering)
  if (isDeclined(peering)) return state === "you"
  return turn === state && !isBroken(peering)
}

/** The turns of connections on which nobody must act. */
const laterTurns: readonly ListedPeering["turn"][] = ["unknown", "atlas", "closing", "works"]

/** Returns numbers that order by the groups, then by expiry, then the rest; the longest in its state first. */
export function toAttentionKey(row: ListedPeering, now: number): number[] {
  const group = getAttentionGroup(row, now)
  const rank =
    group === null ? attentionGroups.length + laterTurns.indexOf(row.turn) : attentionGroups.indexOf(group)
  return [rank, toTime(row.expiry?.earliest ?? null), ...toSinceKey(row)]
}

/** Orders by the numbers of `toAttentionKey`. */
export function orderByAttention(now: number): (a: ListedPeering, b: ListedPeering) => number {
  return (a, b) => {
    const others = toAttentionKey(b, now)
    return (
      toAttentionKey(a, now)
        .map((one, at) => one - (others[at] ?? 0))
        .find((difference) => difference !== 0) ?? 0
    )
  }
}

/** Returns numbers that order by time in the state. One that began before the first poll may be the oldest: it comes first. */
export function toSinceKey({ peering }: ListedPeering): number[] {
  const { since, isSeen } = getStateSince(peering)
  return [Number(isSeen), toTime(since)]
}

/** Returns when the state that a list shows began, which is later than Atlas's status where it was declined or broke; and whether that was seen. */
export function getStateSince(peering: InventoryPeering): { since: string | null; isSeen: boolean } {
  const { declined, broken, statusSince, statusSinceSeen } = peering
  if (declined !== undefined && isDeclined(peering)) return { since: declined.at, isSeen: true }
  if (broken !== undefined && isBroken(peering)) return { since: broken.since, isSeen: true }
  return { since: statusSince, isSeen: statusSinceSeen }
}

/** Puts a missing time last. */
function toTime(instant: string | null): number {
  return instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant)
}

const turns: readonly WaitingOn[] = ["atlas", "you", "works", "failed", "closing"]

/** Returns a connection that Atlas lists as a list shows it. */
export function toListed(peering: InventoryPeering): ListedPeering {
  return { peering, turn: toTurn(peering), expiry: readExpiry(peering), deletion: null }
}

/** Returns who a connection waits on; `unknown` for a word of a newer server. */
export function toTurn({ turn }: Pick<InventoryPeering, "turn">): WaitingOn {
  return turns.find((one) => one === turn) ?? "unknown"
}

/** Returns the expiry that the server computed from more than a list shows, or computes it. */
export function readExpiry(peering: InventoryPeering): Expiry | null {
  const { id, peer, status, statusSince, expiresEarliest, expiresLatest } = peering
  if (expiresEarliest !== undefined && expiresLatest !== undefined)
    return toExpiry(expiresEarliest, expiresLatest)
  return computeExpiry({ id, peer, history: statusSince === null ? [] : [{ status, at: statusSince }] })
}
