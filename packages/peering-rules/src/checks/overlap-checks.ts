import {
  getNetworkName,
  networkFields,
  providerLabels,
  readStatus,
  type AtlasPeer,
  type Check,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { isWithin, readCidrRange } from "#addresses/cidr-range.ts"
import {
  checkWithoutContainer,
  createCheck,
  isUnread,
  sayUnread,
  toBasedOnContainers,
  toBasedOnPeers,
  whatIsFilledIn,
} from "./check.ts"
import { nameSome, shorten, toCount } from "#formats/phrases.ts"
import {
  readAtlasSide,
  readNetwork,
  readNetworkBlocks,
  readValue,
  toPeersInContainer,
  type DraftReading,
} from "#draft/parse-draft.ts"
import { areFactsOf } from "#draft/draft-facts.ts"
import { isSameNetwork, toNetworkKey } from "#draft/natural-key.ts"
import { isOfSameVpc } from "#draft/network-peerings.ts"
import { compareText, findOverlaps, nameBlocks, toPeeringLink, type TakenBlock } from "#draft/taken-blocks.ts"

const field = "routeTableCidrBlock"

/**
 * Checks if the VPC's block overlaps that of its container, or of another VPC peered with it: Atlas could not route to both.
 * The network's other addresses are not sent to Atlas; as far as known, they must not overlap the container either.
 */
export function checkOverlaps(reading: DraftReading): Check[] {
  const network = [...checkNetworkBlocks(reading), ...checkUnknownBlocks(reading)]
  if (reading.draft.providerName !== "AWS") return [...network, ...checkOtherNetworks(reading)]
  return [checkContainerOverlap(reading), ...network, checkPeerOverlap(reading)]
}

const question = "Overlap check:"

function createContainerCheck({ isNew, snapshot }: DraftReading, name: string) {
  const basedOn = isNew ? "the new container" : toBasedOnContainers(snapshot.here)
  return createCheck("overlap-with-container", { field: name, basedOn })
}

type ContainerCheck = ReturnType<typeof createContainerCheck>

/** Says why a block cannot be compared with the container's; null when it can. */
function checkComparable(reading: DraftReading, what: string, check: ContainerCheck): Check | null {
  const { isNew, container } = reading
  if (!isNew && container === null) return checkWithoutContainer(reading, question, check)
  if (readCidrRange(readAtlasSide(reading) ?? "") !== null) return null
  if (isNew) return check.open(`${question} enter the Atlas CIDR first`)
  return check.unchecked(`Atlas doesn't report this container's CIDR. Overlap with ${what} not checked`)
}

function checkContainerOverlap(reading: DraftReading): Check {
  const check = createContainerCheck(reading, field)
  const block = readValue(reading, field)
  if (block === null) return check.open(`${question} enter the VPC CIDR first`)
  const atlasSide = readAtlasSide(reading) ?? ""
  const says = `${block} overlaps the container's ${atlasSide}. Neither side could route to the other`
  return (
    checkComparable(reading, block, check) ??
    (isOverlapping(block, atlasSide)
      ? check.red("OVERLAPPING_ATLAS_CIDR_BLOCK", says)
      : check.green(`${block} doesn't overlap the container's ${atlasSide}`))
  )
}

/** No cloud joins two networks with overlapping addresses, even if they are not routed (AWS: VPC peering limitations). */
function checkNetworkBlocks(reading: DraftReading): Check[] {
  const { blocks, unread } = readNetworkBlocks(reading)
  const check = createContainerCheck(reading, "networkBlocks")
  const checks = blocks.length === 0 ? [] : [checkKnownBlocks(reading, blocks, check)]
  if (unread.length === 0) return checks
  const [what, were] =
    unread.length === 1 ? ["isn't an IPv4 CIDR", "wasn't"] : ["aren't IPv4 CIDRs", "weren't"]
  return [...checks, check.unchecked(`${nameSome(unread.map(shorten))} ${what} and ${were} checked`)]
}

/** Says that nobody compared the network's addresses, or a VPC's further ones, with the container: they are not known. */
function checkUnknownBlocks(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const atlasSide = readAtlasSide(reading)
  const isAws = providerName === "AWS"
  const block = readValue(reading, field)
  if (readNetworkBlocks(reading).isKnown || readNetwork(reading) === null || atlasSide === null) return []
  // An overlap of the block given to Atlas is red already.
  if (isAws && (block === null || isOverlapping(block, atlasSide))) return []
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const check = createContainerCheck(reading, "networkBlocks")
  const says = `Overlap with ${atlasSide} not checked: the ${isAws ? "other " : ""}CIDRs of ${name} aren't known`
  return [check.unchecked(says)]
}

function checkKnownBlocks(reading: DraftReading, blocks: readonly string[], check: ContainerCheck): Check {
  const uncertain = checkComparable(reading, nameSome(blocks), check)
  if (uncertain !== null) return uncertain
  const { providerName } = reading.draft
  const atlasSide = readAtlasSide(reading) ?? ""
  const network = readValue(reading, networkFields[providerName]) ?? "your network"
  const overlapping = blocks.filter((block) => isOverlapping(block, atlasSide))
  if (overlapping.length === 0) {
    const dont = blocks.length === 1 ? "doesn't" : "don't"
    return check.green(`${nameSome(blocks)} of ${network} ${dont} overlap the container's ${atlasSide}`)
  }
  const overlap = overlapping.length === 1 ? "overlaps" : "overlap"
  const says = `${nameSome(overlapping)} of ${network} ${overlap} the container's ${atlasSide}. ${providerLabels[providerName]} can't peer overlapping networks`
  return check.red(null, says)
}

/** Atlas doesn't report the addresses of its networks on Azure and Google Cloud, and both clouds keep the networks of one container apart. */
function checkOtherNetworks(reading: DraftReading): Check[] {
  const { isNew, container, snapshot, draft } = reading
  const name = networkFields[draft.providerName]
  const basedOn = isNew ? "the new container" : toBasedOnPeers(snapshot.here)
  const check = createCheck("overlap-with-peer", { field: name, basedOn })
  if (isNew) return [check.green("The new container has no other connections")]
  if (container === null) return [checkWithoutContainer(reading, question, check)]
  const network = readNetwork(reading)
  const others = toPeersInContainer(reading)
    .filter((peer) => readStatus(peer) !== "FAILED" && (network === null || !isSameNetwork(network, peer)))
    .map((peer) => ({
      name: getNetworkName(peer) ?? `connection ${peer.id}`,
      blocks: findLookedBlocks(reading, peer),
      isWorking: readStatus(peer) === "AVAILABLE",
    }))
  const own = readNetworkBlocks(reading).blocks
  const overlapping = others.filter(({ blocks }) =>
    blocks?.some((one) => own.some((mine) => isOverlapping(one, mine))),
  )
  if (overlapping.length > 0) {
    const says = `${readValue(reading, name)} overlaps ${nameOnce(overlapping)}, already peered with this container. ${providerLabels[draft.providerName]} can't peer both`
    const overlap = createCheck("overlap-with-other-network", { field: name, basedOn })
    return [overlapping.some(({ isWorking }) => isWorking) ? overlap.red(null, says) : overlap.amber(says)]
  }
  const unknown = others.filter(({ blocks }) => blocks === null)
  if (unknown.length > 0) {
    const says = `Overlap with ${nameOnce(unknown)} not checked: Atlas doesn't report the CIDRs of this container's other networks`
    return [check.unchecked(says)]
  }
  if (isUnread(snapshot.here))
    return [check.unchecked(`${sayUnread(snapshot.here)}. The container may have other connections`)]
  if (others.length === 0) return [check.green("The container has no other connections")]
  if (!readNetworkBlocks(reading).isKnown) return []
  return [check.green(`${nameOnce(others)}, peered with this container, has other addresses`)]
}

const nameOnce = (networks: readonly { name: string }[]) =>
  nameSome([...new Set(networks.map(({ name }) => name))].sort(compareText))

/** Returns the CIDRs that a look-up found for the network of a connection; null without one. */
function findLookedBlocks({ networks }: DraftReading, peer: AtlasPeer): readonly string[] | null {
  const key = toNetworkKey(peer)
  const found = key === null ? undefined : networks.find(({ facts }) => areFactsOf(facts, key))
  return found?.facts.addresses?.value ?? null
}

/** Atlas routes to one block of a VPC, so hosts outside it get no answers (Atlas: `routeTableCidrBlock`). */
export function checkRoutedBlocks(reading: DraftReading): Check[] {
  const block = readValue(reading, field)
  if (reading.draft.providerName !== "AWS" || block === null) return []
  const outside = readNetworkBlocks(reading).blocks.filter((one) => !isWithin(one, block))
  if (outside.length === 0) return []
  const check = createCheck("unrouted-blocks", { field, basedOn: whatIsFilledIn })
  const beyond = outside.some((one) => isOverlapping(one, block)) ? ` outside ${block}` : ""
  const says = `Atlas routes only to ${block}. Hosts in ${nameSome(outside)}${beyond} probably get no answers`
  return [check.amber(says)]
}

function checkPeerOverlap(reading: DraftReading): Check {
  const { isNew, container, snapshot } = reading
  const basedOn = isNew ? "the new container" : toBasedOnPeers(snapshot.here)
  const check = createCheck("overlap-with-peer", { field, basedOn })
  const block = readValue(reading, field)
  if (block === null) return check.open(`${question} enter the VPC CIDR first`)
  if (isNew) return check.green("The new container has no other connections")
  if (container === null) return checkWithoutContainer(reading, question, check)
  // The same VPC has its own check; its block always overlaps itself.
  const network = readNetwork(reading)
  const others = new Set(
    toPeersInContainer(reading).filter((peer) => network === null || !isSameNetwork(network, peer)),
  )
  const overlapping = findOverlaps(
    block,
    [reading.blocksHere],
    ({ by }) => "peer" in by && others.has(by.peer),
  )
  if (overlapping.length > 0) {
    const says =
      sayOtherAccount(reading, overlapping) ??
      `${block} overlaps ${nameBlocks(overlapping)}, already peered with this container`
    const peering = toPeeringLink(overlapping)
    return { ...check.red("OVERLAPPING_CIDR_BLOCK", says), ...(peering && { peering }) }
  }
  if (isUnread(snapshot.here))
    return check.unchecked(`${sayUnread(snapshot.here)}. ${block} may overlap another connection`)
  const seen = reading.blocksHere.blocks.filter(({ by }) => "peer" in by && others.has(by.peer))
  const withoutCidr = [...others].filter(({ providerName }) => providerName === "AWS").length - seen.length
  if (withoutCidr > 0) {
    const says = `Atlas doesn't report the CIDR of ${toCount(withoutCidr, "connection")} in this container. Overlap with ${block} not checked`
    return check.unchecked(says)
  }
  return check.green(`${block} doesn't overlap other connections in this container`)
}

/** Says that the container has this VPC under another account already: its block doesn't overlap itself. Null for other VPCs. */
function sayOtherAccount(reading: DraftReading, overlapping: readonly TakenBlock[]): string | null {
  const [one] = overlapping
  if (one === undefined || !overlapping.every(({ by }) => "peer" in by && isOfSameVpc(reading, by.peer)))
    return null
  const peer = "peer" in one.by ? one.by.peer : null
  const status = peer === null ? null : readStatus(peer)
  return `${peer?.vpcId} already has a connection to this container with account ${peer?.awsAccountId}: ${peer?.id}${status === null ? "" : `, ${status}`}`
}
