import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readCidrRange } from "#addresses/cidr-range.ts"
import { createCheck, isUnread, sayUnread, toRestsOnContainers, toRestsOnPeers } from "./check.ts"
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
import { findOverlaps, nameBlocks, toPeeringLink } from "#draft/taken-blocks.ts"

const field = "routeTableCidrBlock"

/**
 * Checks if the VPC's block overlaps that of its container, or of another VPC peered with it: Atlas could not route to both.
 * The network's other addresses are not sent to Atlas; as far as known, they must not overlap the container either.
 */
export function checkOverlaps(reading: DraftReading): Check[] {
  const network = checkNetworkBlocks(reading)
  if (reading.draft.providerName !== "AWS") return network
  return [checkContainerOverlap(reading), ...network, checkPeerOverlap(reading)]
}

const question = "Whether the two overlap shows"

function createContainerCheck({ isNew, snapshot }: DraftReading, name: string) {
  const restsOn = isNew ? "The block of the new container" : toRestsOnContainers(snapshot.here)
  return createCheck("overlap-with-container", { field: name, restsOn })
}

type ContainerCheck = ReturnType<typeof createContainerCheck>

/** Says why a block cannot be compared with the container's; null when it can. */
function checkComparable(reading: DraftReading, what: string, check: ContainerCheck): Check | null {
  const { isNew, container } = reading
  if (!isNew && container === null) return check.awaiting(`${question} once a container is chosen`)
  if (readCidrRange(readAtlasSide(reading) ?? "") !== null) return null
  if (isNew) return check.awaiting(`${question} once Atlas's block is filled in`)
  return check.amber(`Atlas gives no block for the container, so whether ${what} overlaps it cannot be told`)
}

function checkContainerOverlap(reading: DraftReading): Check {
  const check = createContainerCheck(reading, field)
  const block = readValue(reading, field)
  if (block === null) return check.awaiting(`${question} once the VPC's block is filled in`)
  const atlasSide = readAtlasSide(reading) ?? ""
  const says = `${block} overlaps ${atlasSide}, the container's own block; neither side could route to the other`
  return (
    checkComparable(reading, block, check) ??
    (isOverlapping(block, atlasSide)
      ? check.red("OVERLAPPING_ATLAS_CIDR_BLOCK", says)
      : check.green(`${block} and ${atlasSide} have no address in common`))
  )
}

/** No cloud joins two networks with overlapping addresses, even if they are not routed (AWS: VPC peering limitations). */
function checkNetworkBlocks(reading: DraftReading): Check[] {
  const { blocks, unread } = readNetworkBlocks(reading)
  const check = createContainerCheck(reading, "networkBlocks")
  const checks = blocks.length === 0 ? [] : [checkKnownBlocks(reading, blocks, check)]
  if (unread.length === 0) return checks
  const [what, were] =
    unread.length === 1 ? ["is no IPv4 block", "it was"] : ["are no IPv4 blocks", "they were"]
  return [...checks, check.amber(`${nameSome(unread.map(shorten))} ${what}, so ${were} held against nothing`)]
}

function checkKnownBlocks(reading: DraftReading, blocks: readonly string[], check: ContainerCheck): Check {
  const uncertain = checkComparable(reading, nameSome(blocks), check)
  if (uncertain !== null) return uncertain
  const { providerName } = reading.draft
  const atlasSide = readAtlasSide(reading) ?? ""
  const network = readValue(reading, networkFields[providerName]) ?? "your network"
  const met = blocks.filter((block) => isOverlapping(block, atlasSide))
  if (met.length === 0) {
    const have = blocks.length === 1 ? "has" : "have"
    return check.green(`${nameSome(blocks)} of ${network} ${have} no address in common with ${atlasSide}`)
  }
  const overlap = met.length === 1 ? "overlaps" : "overlap"
  const says = `${nameSome(met)} of ${network} ${overlap} ${atlasSide}, the container's own block; ${providerLabels[providerName]} joins no two networks that overlap`
  return check.red(null, says)
}

function checkPeerOverlap(reading: DraftReading): Check {
  const { isNew, container, snapshot } = reading
  const restsOn = isNew ? "A new container has no connections" : toRestsOnPeers(snapshot.here)
  const check = createCheck("overlap-with-peer", { field, restsOn })
  const question = "Whether another connection has these addresses shows"
  const block = readValue(reading, field)
  if (block === null) return check.awaiting(`${question} once the VPC's block is filled in`)
  if (isNew) return check.green("A new container has no other connection to overlap")
  if (container === null) return check.awaiting(`${question} once a container is chosen`)
  // The same VPC has its own check; its block always overlaps itself.
  const network = readNetwork(reading)
  const others = new Set(
    toPeersInContainer(reading).filter((peer) => network === null || !isSameNetwork(network, peer)),
  )
  const met = findOverlaps(block, [reading.blocksHere], ({ by }) => "peer" in by && others.has(by.peer))
  if (met.length > 0) {
    const says = `${block} overlaps ${nameBlocks(met)}, which this container is peered with already`
    const peering = toPeeringLink(met)
    return { ...check.red("OVERLAPPING_CIDR_BLOCK", says), ...(peering && { peering }) }
  }
  if (isUnread(snapshot.here))
    return check.open(`${sayUnread(snapshot.here)}, so ${block} may overlap another connection`)
  const blind = [...others].filter(
    (peer) => peer.providerName === "AWS" && readCidrRange(peer.routeTableCidrBlock ?? "") === null,
  ).length
  if (blind > 0) {
    const says = `Atlas gives no block for ${toCount(blind, "connection")} of this container, so whether ${block} overlaps cannot be told`
    return check.amber(says)
  }
  return check.green(`${block} overlaps no other connection of this container`)
}
