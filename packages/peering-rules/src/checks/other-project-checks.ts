import type { Check } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnreadOthers } from "./check.ts"
import { listPeeredOverlaps } from "./peered-container-checks.ts"
import { nameSome, toCount } from "#formats/phrases.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readAtlasSide, readNetworkBlocks, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { isOfSameVpc } from "#draft/network-peerings.ts"
import { findOverlaps, nameBlocks, toPeeringLink, type TakenBlock } from "#draft/taken-blocks.ts"
import { autoModeBlock, wellKnownBlocks, type WellKnownBlock } from "#addresses/well-known-blocks.ts"

/** Lists the blocks that the draft brings in: the VPC's, and a new container's. */
function listBlocksOfDraft(reading: DraftReading): { field: string; block: string }[] {
  return ["routeTableCidrBlock", "atlasCidrBlock"].flatMap((field) => {
    const block = readValue(reading, field)
    return block === null ? [] : [{ field, block }]
  })
}

/**
 * Checks the blocks against everything beyond the container on the same cloud: no network can be joined with both of two
 * that overlap. A peering never joins two clouds, so an overlap across clouds does no harm.
 */
export function checkOtherProjects(reading: DraftReading): Check[] {
  const own = listBlocksOfDraft(reading)
  const autoMode = checkAutoMode(reading)
  if (own.length === 0) return autoMode
  const wellKnown = checkWellKnownBlocks(own, autoMode.length > 0 ? [autoModeBlock] : [])
  return [...checkSameProject(reading, own), checkOthers(reading, own), ...autoMode, ...wellKnown]
}

type OwnBlock = ReturnType<typeof listBlocksOfDraft>[number]

/** Atlas documents that it refuses a block overlapping its own or another peer's, but not how far it looks. */
function checkSameProject(reading: DraftReading, own: readonly OwnBlock[]): Check[] {
  const { snapshot, container } = reading
  const basedOn = `${toCount(snapshot.here.containers.length, "container")} and ${toCount(snapshot.here.peers.length, "connection")} in ${snapshot.here.project.name}`
  return own.flatMap(({ field, block }) => {
    const overlapping = findOverlaps(block, [reading.blocksHere], ({ by }) => {
      if (!mayMatter(reading, by)) return false
      // Blocks in the same container, and containers next to a new one, have separate checks.
      return "peer" in by
        ? by.peer.containerId !== container?.id
        : field !== "atlasCidrBlock" && by.container !== container
    })
    return [
      { errorCode: "OVERLAPPING_ATLAS_CIDR_BLOCK", of: overlapping.filter(({ by }) => "container" in by) },
      { errorCode: "OVERLAPPING_CIDR_BLOCK", of: overlapping.filter(({ by }) => "peer" in by) },
    ].flatMap(({ errorCode, of }) => {
      if (of.length === 0) return []
      const says = `${block} overlaps ${nameBlocks(of)} of this project. Atlas may reject it, and no network can reach both`
      const peering = toPeeringLink(of)
      const about = { field, basedOn, ...(peering && { peering }) }
      return [createCheck("overlap-other-projects", about).amber(says, errorCode)]
    })
  })
}

/** Tells if a block can conflict with this draft. A VPC may be peered from several containers and never conflicts with itself. */
function mayMatter(reading: DraftReading, by: TakenBlock["by"]): boolean {
  if ("container" in by) return by.container.providerName === reading.draft.providerName
  return reading.draft.providerName === "AWS" && !isOfSameVpc(reading, by.peer)
}

function checkOthers(reading: DraftReading, own: readonly OwnBlock[]): Check {
  const { otherProjects } = reading.snapshot
  const unread = otherProjects.filter(isUnread).length
  const basedOn = `${toCount(otherProjects.length, "other project")} you can see`
  const peered = new Set(listPeeredOverlaps(reading).map(({ container }) => container))
  const found = own.flatMap(({ field, block }) => {
    // A container that the network is peered with has its own check.
    const overlapping = findOverlaps(
      block,
      reading.blocksOfOthers,
      ({ by }) =>
        mayMatter(reading, by) &&
        (field !== "atlasCidrBlock" || !("container" in by) || !peered.has(by.container)),
    )
    return overlapping.length === 0
      ? []
      : [{ field, overlapping, says: sayOtherProjects(block, overlapping) }]
  })
  const [first] = found
  const peering = first === undefined ? null : toPeeringLink(first.overlapping)
  const about = {
    basedOn,
    ...(first !== undefined && { field: first.field }),
    ...(peering && { peering }),
  }
  const check = createCheck("overlap-other-projects", about)
  if (first !== undefined) return check.note(found.map(({ says }) => says).join(". "))
  if (unread > 0) return check.unchecked(sayUnreadOthers(unread))
  const blocks = own.map(({ block }) => block).join(" and ")
  const says = `${blocks} ${own.length === 1 ? "doesn't" : "don't"} overlap any known network in other projects`
  return check.green(says)
}

function sayOtherProjects(block: string, overlapping: readonly TakenBlock[]): string {
  const where = nameSome([...new Set(overlapping.map(({ projectName }) => projectName))])
  return `${block} overlaps ${nameBlocks(overlapping)} in ${where}. No network can reach both`
}

const wellKnownRanges = "default CIDRs of clouds and tools"

/** Google Cloud's `default` network usually has the addresses of auto mode, which Atlas's block must not overlap. */
function checkAutoMode(reading: DraftReading): Check[] {
  const block = readAtlasSide(reading)
  const { blocks, isKnown } = readNetworkBlocks(reading)
  if (reading.draft.providerName !== "GCP" || block === null) return []
  const mayBeAutoMode = !isKnown || blocks.some((one) => isOverlapping(one, autoModeBlock.cidr))
  if (!mayBeAutoMode || !isOverlapping(block, autoModeBlock.cidr)) return []
  const network = readValue(reading, "networkName") ?? "yours"
  const meets = block === autoModeBlock.cidr ? "is" : `overlaps ${autoModeBlock.cidr},`
  const says = `${block} ${meets} used by ${autoModeBlock.usedBy}. If ${network} is one, it can't be peered`
  const field = reading.isNew ? "atlasCidrBlock" : "containerId"
  return [createCheck("well-known-block", { field, basedOn: wellKnownRanges }).amber(says)]
}

/** @param said blocks that another check mentions already */
function checkWellKnownBlocks(own: readonly OwnBlock[], said: readonly WellKnownBlock[]): Check[] {
  const basedOn = wellKnownRanges
  const found = own.flatMap(({ field, block }) =>
    wellKnownBlocks
      .filter((one) => !said.includes(one) && isOverlapping(block, one.cidr))
      .map(({ cidr, usedBy }) => {
        const meets = block === cidr ? "is" : `overlaps ${cidr},`
        const says = `${block} ${meets} used by ${usedBy}. Other networks are likely to use it too`
        return createCheck("well-known-block", { field, basedOn }).note(says)
      }),
  )
  if (found.length > 0 || said.length > 0) return found
  const blocks = own.map(({ block }) => block).join(" and ")
  const says = `${blocks} ${own.length === 1 ? "isn't" : "aren't"} a common default CIDR`
  return [createCheck("well-known-block", { basedOn }).green(says)]
}
