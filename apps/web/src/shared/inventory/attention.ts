import { isBroken, isDeclined } from "@peering-desk/peering-rules"
import type { InventoryRow } from "./inventory-rows.ts"

/** Returns whether a person must act on a connection: in their cloud, or on a failure. */
export function needsAttention({
  turn,
  deletion,
  peering,
}: Pick<InventoryRow, "turn" | "deletion" | "peering">): boolean {
  return (
    deletion === null && (turn === "you" || turn === "failed" || isDeclined(peering) || isBroken(peering))
  )
}

/** Returns whether a request can expire within some milliseconds. */
export function expiresWithin({ expiry }: InventoryRow, ms: number, now: number): boolean {
  return expiry !== null && Date.parse(expiry.earliest) - now <= ms
}

type Order = (a: InventoryRow, b: InventoryRow) => number

const ranks: Record<InventoryRow["turn"], number> = {
  you: 0,
  failed: 1,
  unknown: 2,
  atlas: 3,
  closing: 4,
  works: 5,
}

/** Orders by urgency: what its owner declined, then what is broken in AWS, then what can expire by when, then what waits, then what failed, then the rest; the longest in its state first. */
export const byAttention: Order = (a, b) =>
  Number(isDeclined(b.peering)) - Number(isDeclined(a.peering)) ||
  Number(isBroken(b.peering)) - Number(isBroken(a.peering)) ||
  ranks[a.turn] - ranks[b.turn] ||
  getEnd(a) - getEnd(b) ||
  bySince(a, b)

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
