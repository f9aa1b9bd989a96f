import type { InventoryRow } from "@peering-desk/peering-rules"
import { summariseState, type StateSummary } from "#copy/state-summary.ts"

/**
 * Summarises the state of a row, as its cell and exports show it.
 * @param usualMs how long the state usually lasts here, where that is known
 */
export function summariseRow(
  { container, deletion, expiry, peering }: InventoryRow,
  now: number,
  usualMs?: number,
): StateSummary {
  const { broken, declined, peer } = peering
  const atlasCidr = container?.atlasCidrBlock
  return summariseState(peer, { expiry, usualMs, atlasCidr, deleted: deletion, declined, broken }, now)
}
