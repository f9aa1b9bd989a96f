import type { TimeInState } from "@peering-desk/shared-schemas"
import type { InventoryRow } from "@peering-desk/peering-rules"

/** Fewer samples make no percentile. */
const fewest = 10

export type FindTime = (row: InventoryRow) => TimeInState | null

/** Finds how long connections of a cloud usually stay in the state of a row; null when unknown, or when the state is final. */
export function createTimeFinder(times: readonly TimeInState[]): FindTime {
  const byKey = new Map(times.map((time) => [`${time.providerName} ${time.status}`, time]))
  return ({ turn, deletion, peering: { peer, status } }) => {
    if (turn === "works" || turn === "failed" || deletion !== null) return null
    const time = byKey.get(`${peer.providerName} ${status}`)
    return time === undefined || time.count < fewest ? null : time
  }
}
