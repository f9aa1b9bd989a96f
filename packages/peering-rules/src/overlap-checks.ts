import type { Check } from "@peering-desk/shared-schemas"
import { isOverlapping } from "./cidr-overlap.ts"
import { readCidrRange } from "./cidr-range.ts"
import { isUnread, sayUnread, toCheck, toCount, toRestsOnContainers, toRestsOnPeers } from "./check.ts"
import {
  readAtlasSide,
  readNetwork,
  readValue,
  toPeersInContainer,
  type DraftReading,
} from "./draft-reading.ts"
import { isSameNetwork } from "./natural-key.ts"
import { findOverlaps, nameBlocks } from "./taken-blocks.ts"
import { toRedCheck } from "./red-codes.ts"

const field = "routeTableCidrBlock"

/**
 * Whether the VPC's block meets that of its container, or of another VPC which is peered with it: Atlas could not route to
 * both. Only AWS is told the block; on the other clouds nobody can say before the connection is there.
 */
export function toOverlapChecks(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AWS") return []
  return [toContainerCheck(reading), toPeerCheck(reading)]
}

function toContainerCheck(reading: DraftReading): Check {
  const id = "overlap-with-container"
  const question = "Whether the two blocks overlap shows"
  const { isNew, container, world } = reading
  const about = { field, restsOn: isNew ? "The block of the new container" : toRestsOnContainers(world.here) }
  const block = readValue(reading, field)
  if (block === null) return toCheck(id, "open", `${question} once the VPC's block is filled in`, about)
  if (!isNew && container === null)
    return toCheck(id, "open", `${question} once a container is chosen`, about)
  const atlasSide = readAtlasSide(reading)
  if (atlasSide === null || readCidrRange(atlasSide) === null) {
    return isNew
      ? toCheck(id, "open", `${question} once Atlas's block is filled in`, about)
      : toCheck(
          id,
          "amber",
          `Atlas gives no block for the container, so whether ${block} overlaps it cannot be told`,
          about,
        )
  }
  if (!isOverlapping(block, atlasSide))
    return toCheck(id, "green", `${block} and ${atlasSide} have no address in common`, about)
  const says = `${block} overlaps ${atlasSide}, the container's own block; neither side could route to the other`
  return toRedCheck(id, "OVERLAPPING_ATLAS_CIDR_BLOCK", says, about)
}

function toPeerCheck(reading: DraftReading): Check {
  const id = "overlap-with-peer"
  const question = "Whether another connection has these addresses shows"
  const { isNew, container, world } = reading
  const about = { field, restsOn: isNew ? "A new container has no connections" : toRestsOnPeers(world.here) }
  const block = readValue(reading, field)
  if (block === null) return toCheck(id, "open", `${question} once the VPC's block is filled in`, about)
  if (isNew) return toCheck(id, "green", "A new container has no other connection to overlap", about)
  if (container === null) return toCheck(id, "open", `${question} once a container is chosen`, about)
  // The same VPC is told by its own check; that its block overlaps itself says nothing more.
  const network = readNetwork(reading)
  const others = new Set(
    toPeersInContainer(reading).filter((peer) => network === null || !isSameNetwork(network, peer)),
  )
  const met = findOverlaps(block, [reading.blocksHere], ({ by }) => "peer" in by && others.has(by.peer))
  if (met.length > 0) {
    const says = `${block} overlaps ${nameBlocks(met)}, which this container is peered with already`
    return toRedCheck(id, "OVERLAPPING_CIDR_BLOCK", says, about)
  }
  if (isUnread(world.here)) {
    const says = `${sayUnread(world.here)}, so ${block} may overlap another connection`
    return toCheck(id, "open", says, about)
  }
  const blind = [...others].filter(
    (peer) => peer.providerName === "AWS" && readCidrRange(peer.routeTableCidrBlock ?? "") === null,
  ).length
  if (blind > 0) {
    const says = `Atlas gives no block for ${toCount(blind, "connection")} of this container, so whether ${block} overlaps cannot be told`
    return toCheck(id, "amber", says, about)
  }
  return toCheck(id, "green", `${block} overlaps no other connection of this container`, about)
}
