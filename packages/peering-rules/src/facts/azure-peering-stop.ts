import type { AzurePeer, CloudPeering } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { switchedOff } from "./describe-fact.ts"
import {
  byAtlas,
  createStop,
  findFresh,
  findOverlap,
  findPeeringsSince,
  getAtlasCidr,
  sayWhy,
  toBasis,
  type Stop,
  type Way,
} from "./stop.ts"

/** Finds the state of the peering itself, from Atlas's status and from the VNet's own list. */
export function checkAzurePeering(way: Way<AzurePeer>): Stop {
  const { peer } = way
  const listed = findPeeringsSince(way)
  const own = listed?.value.find((one) => isOwn(one, way)) ?? null
  const stop = createStop("peering", null, byAtlas)
  if (own?.state === "Disconnected")
    return stop(
      "broken",
      `${own.id} is Disconnected: its other half is gone.`,
      `Delete ${own.id} in Azure and this connection, then create it again.`,
      toBasis(listed),
    )
  if (peer.status === "AVAILABLE" && own === null && isGone(way, listed))
    return stop(
      "broken",
      `${peer.vnetName} has no peering with Atlas's VNet any more.`,
      "Delete this connection and create it again.",
      toBasis(listed),
    )
  if (peer.status === "AVAILABLE" && own?.state !== "Initiated")
    return own === null
      ? stop("proven", "The peering is available in Atlas.")
      : checkOwn(own, createStop("peering", null, toBasis(listed)))
  if (peer.status === "DELETION_FAILED")
    return stop(
      "broken",
      sayWhy("Atlas couldn't delete the peering", peer.errorState),
      "Check Atlas's role on the VNet, then delete this connection again.",
    )
  const conflict = findConflict(way)
  if (conflict !== null) return conflict
  if (own?.state === "Initiated")
    return stop(
      "waiting",
      `${own.id} is Initiated: only one of its halves is there.`,
      "Wait for Atlas to make the other half.",
      toBasis(listed),
    )
  if (peer.status === "ADDING_PEER") return stop("waiting", "Atlas is making both halves of the peering.")
  if (peer.status === "FAILED")
    return stop(
      "broken",
      sayWhy("The peering failed", peer.errorState),
      "Correct the cause, delete this connection and create it again.",
    )
  return peer.status === "DELETING"
    ? stop("broken", "Atlas is deleting the connection.", "Create it again when it is gone.")
    : stop("not-checked", `Atlas's status ${peer.status ?? "is missing"}.`)
}

/** Builds the stop of a peering that Atlas calls available, from the VNet's half. */
function checkOwn({ id, state, message }: CloudPeering, stop: ReturnType<typeof createStop>): Stop {
  if (message === null) return stop("proven", `${id} is ${state}.`)
  const next = message.includes(switchedOff)
    ? `Switch it on in ${id} in Azure.`
    : `Sync ${id} in Azure. If it stays so and the application uses a CIDR that the VNet got later, create the connection again.`
  return stop("not-checked", `${id} is ${state}, but ${message}: some traffic may not pass.`, next, {
    fact: "Connected in part",
  })
}

/** Tells if the VNet's own list has nothing that leads to Atlas. */
function isGone(way: Way<AzurePeer>, listed: ReturnType<typeof findPeeringsSince>): boolean {
  const { container } = way
  const cidr = getAtlasCidr(way)
  return (
    listed !== null &&
    container?.providerName === "AZURE" &&
    container.vnetName != null &&
    !listed.value.some(({ ranges }) => ranges === null || ranges.some((range) => isOverlapping(range, cidr)))
  )
}

/**
 * Tells if a peering of the VNet is the one with Atlas's VNet, which the container names once it exists. The name has the container's
 * id; the subscription that Atlas gives isn't always the one that Azure shows.
 */
function isOwn({ network }: CloudPeering, { container }: Way<AzurePeer>): boolean {
  const name = container?.providerName === "AZURE" ? container.vnetName : null
  return name != null && network.toLowerCase().endsWith(`/${name.toLowerCase()}`)
}

/** Azure refuses an overlap with the VNet, and with any other peer of the VNet, also a disconnected one. */
function findConflict(way: Way<AzurePeer>): Stop | null {
  const addresses = findFresh(way, "addresses")
  const peerings = findFresh(way, "peerings")
  const others = peerings?.value.filter((one) => !isOwn(one, way)) ?? []
  return findOverlap(
    way,
    createStop("peering", null, byAtlas),
    "Use a container whose CIDR overlaps none of these.",
    [
      [addresses?.value, `of ${way.peer.vnetName}`, addresses],
      ...others.map(
        ({ id, state, ranges }) => [ranges, `of the peering ${id} (${state})`, peerings] as const,
      ),
    ],
  )
}
