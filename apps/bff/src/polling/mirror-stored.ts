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
 * @param mayBeUnstored whether a peering was created here so recently that it may not be stored yet
 * @returns the peerings that this process did not know
 */
export function mirrorStored(
  { live, containersChanged, clock }: MirrorDeps,
  known: readonly Peering[],
  stored: readonly Peering[],
  mayBeUnstored: (id: string) => boolean,
): Peering[] {
  const left = new Map(known.map((peering) => [peering.id, peering]))
  const added: Peering[] = []
  for (const peering of stored) {
    const before = left.get(peering.id)
    left.delete(peering.id)
    if (before === undefined) added.push(peering)
    else if (isDeepStrictEqual(toData(before), toData(peering))) continue
    // Expires the cached containers before a reader learns of the status and asks for them.
    if (before?.history.length !== peering.history.length) containersChanged(peering.projectId, peering.peer)
    live.putPeering(peering, { isStored: true })
  }
  for (const peering of left.values()) {
    if (mayBeUnstored(peering.id)) continue
    containersChanged(peering.projectId)
    live.removePeering(peering, toInstant(clock.now()), { isStored: true })
  }
  return added
}

/** As a browser gets it, without fields that are undefined. */
function toData(peering: Peering): unknown {
  return JSON.parse(JSON.stringify(peering))
}
