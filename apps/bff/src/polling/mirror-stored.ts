import { isDeepStrictEqual } from "node:util"
import type { AtlasPeer, Peering } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { LiveState } from "./live-state.ts"

interface MirrorDeps {
  live: LiveState
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  clock: Clock
}

/**
 * Brings the known peerings of a cloud to what is stored of it.
 * @param isOurs whether a peering is left alone, because this process has newer news of it
 */
export function mirrorStored(
  { live, containersChanged, clock }: MirrorDeps,
  known: readonly Peering[],
  stored: readonly Peering[],
  isOurs: (id: string) => boolean,
): void {
  const left = new Map(known.map((peering) => [peering.id, peering]))
  for (const peering of stored) {
    const before = left.get(peering.id)
    left.delete(peering.id)
    if (isOurs(peering.id)) continue
    if (before !== undefined && isDeepStrictEqual(toData(before), toData(peering))) continue
    // Expires the cached containers before a reader learns of the status and asks for them.
    if (before?.history.length !== peering.history.length) containersChanged(peering.projectId, peering.peer)
    live.putPeering(peering, { isStored: true })
  }
  for (const peering of left.values()) {
    if (isOurs(peering.id)) continue
    containersChanged(peering.projectId)
    live.removePeering(peering, toInstant(clock.now()), { isStored: true })
  }
}

/** As a browser gets it, without fields that are undefined. */
function toData(peering: Peering): unknown {
  return JSON.parse(JSON.stringify(peering))
}
