import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readCidrRange } from "#addresses/cidr-range.ts"
import { isUnread, sayUnread, toCheck, toRestsOnContainers, toRestsOnPeers } from "./check.ts"
import { nameSome, shorten, toCount } from "#formats/phrases.ts"
import {
  networkFields,
  readAtlasSide,
  readNetwork,
  readNetworkBlocks,
  readValue,
  toPeersInContainer,
  type DraftReading,
} from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { findOverlaps, nameBlocks } from "#draft/taken-blocks.ts"
import { toRedCheck } from "./red-codes.ts"

const field = "routeTableCidrBlock"

/**
 * Whether the VPC's block meets that of its container, or of another VPC which is peered with it: Atlas could not route to both. Of the
 * network's other addresses Atlas is told nothing; as far as they are known here, they may not meet the container's either.
 */
export function toOverlapChecks(reading: DraftReading): Check[] {
  const network = toNetworkChecks(reading)
  if (reading.draft.providerName !== "AWS") return network
  return [toContainerCheck(reading), ...network, toPeerCheck(reading)]
}

const question = "Whether the two overlap shows"

interface AboutField {
  field: string
  restsOn: string
}

function toAboutContainer({ isNew, snapshot }: DraftReading, name: string): AboutField {
  const restsOn = isNew ? "The block of the new container" : toRestsOnContainers(snapshot.here)
  return { field: name, restsOn }
}

/** Says why a block cannot be held against the container's yet, or ever; null when it can. */
function toUntoldCheck(reading: DraftReading, what: string, about: AboutField): Check | null {
  const { isNew, container } = reading
  const id = "overlap-with-container"
  if (!isNew && container === null)
    return toCheck(id, "open", `${question} once a container is chosen`, about)
  if (readCidrRange(readAtlasSide(reading) ?? "") !== null) return null
  if (isNew) return toCheck(id, "open", `${question} once Atlas's block is filled in`, about)
  const says = `Atlas gives no block for the container, so whether ${what} overlaps it cannot be told`
  return toCheck(id, "amber", says, about)
}

function toContainerCheck(reading: DraftReading): Check {
  const id = "overlap-with-container"
  const about = toAboutContainer(reading, field)
  const block = readValue(reading, field)
  if (block === null) return toCheck(id, "open", `${question} once the VPC's block is filled in`, about)
  const untold = toUntoldCheck(reading, block, about)
  if (untold !== null) return untold
  const atlasSide = readAtlasSide(reading) ?? ""
  if (!isOverlapping(block, atlasSide))
    return toCheck(id, "green", `${block} and ${atlasSide} have no address in common`, about)
  const says = `${block} overlaps ${atlasSide}, the container's own block; neither side could route to the other`
  return toRedCheck(id, "OVERLAPPING_ATLAS_CIDR_BLOCK", says, about)
}

/** The clouds join no two networks of which any addresses overlap, whatever is routed (AWS: VPC peering limitations, and its kin). */
function toNetworkChecks(reading: DraftReading): Check[] {
  const { blocks, unread } = readNetworkBlocks(reading)
  const about = toAboutContainer(reading, "networkBlocks")
  const checks = blocks.length === 0 ? [] : [toNetworkCheck(reading, blocks, about)]
  if (unread.length === 0) return checks
  const [what, were] =
    unread.length === 1 ? ["is no IPv4 block", "it was"] : ["are no IPv4 blocks", "they were"]
  const says = `${nameSome(unread.map(shorten))} ${what}, so ${were} held against nothing`
  return [...checks, toCheck("overlap-with-container", "amber", says, about)]
}

function toNetworkCheck(reading: DraftReading, blocks: readonly string[], about: AboutField): Check {
  const id = "overlap-with-container"
  const untold = toUntoldCheck(reading, nameSome(blocks), about)
  if (untold !== null) return untold
  const { providerName } = reading.draft
  const atlasSide = readAtlasSide(reading) ?? ""
  const network = readValue(reading, networkFields[providerName]) ?? "your network"
  const met = blocks.filter((block) => isOverlapping(block, atlasSide))
  if (met.length === 0) {
    const have = blocks.length === 1 ? "has" : "have"
    const says = `${nameSome(blocks)} of ${network} ${have} no address in common with ${atlasSide}`
    return toCheck(id, "green", says, about)
  }
  const overlap = met.length === 1 ? "overlaps" : "overlap"
  const says = `${nameSome(met)} of ${network} ${overlap} ${atlasSide}, the container's own block; ${providerLabels[providerName]} joins no two networks that overlap`
  return toRedCheck(id, null, says, about)
}

function toPeerCheck(reading: DraftReading): Check {
  const id = "overlap-with-peer"
  const question = "Whether another connection has these addresses shows"
  const { isNew, container, snapshot } = reading
  const about = {
    field,
    restsOn: isNew ? "A new container has no connections" : toRestsOnPeers(snapshot.here),
  }
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
  if (isUnread(snapshot.here)) {
    const says = `${sayUnread(snapshot.here)}, so ${block} may overlap another connection`
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
