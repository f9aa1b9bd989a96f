import {
  networkFields,
  providerLabels,
  readStatus,
  type Check,
  type Container,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readCidrRange } from "#addresses/cidr-range.ts"
import { createCheck, isUnread, sayUnreadOthers } from "./check.ts"
import { nameContainer, nameSome, toCount } from "#formats/phrases.ts"
import { listNetworkPeerings, type NetworkPeering } from "#draft/network-peerings.ts"
import { readAtlasSide, readComparableBlock, readValue, type DraftReading } from "#draft/parse-draft.ts"

/** The effect of a peering on a second one of the same network with an overlapping container. */
type Effect = "refused" | "leaving" | "one-of-two" | "shared-route" | "left-over"

/**
 * The effects by cloud and status. Azure and Google Cloud refuse a peering that overlaps one that exists; Azure counts one whose
 * deletion failed, and on Google Cloud one exists once both sides made it. AWS compares only the two ends. A status that is not
 * listed may be new, so it warns.
 */
const effects: Readonly<Record<string, Effect | null>> = {
  "AZURE ADDING_PEER": "refused",
  "AZURE AVAILABLE": "refused",
  "AZURE DELETION_FAILED": "refused",
  "AZURE DELETING": "leaving",
  "AZURE FAILED": "left-over",
  "GCP AVAILABLE": "refused",
  "GCP DELETING": "leaving",
  "GCP FAILED": null,
  "AWS FAILED": null,
  "AWS TERMINATING": null,
}

function toEffect({ peer }: NetworkPeering): Effect | null {
  const effect = effects[`${peer.providerName} ${readStatus(peer)}`]
  return effect === undefined ? (peer.providerName === "AWS" ? "shared-route" : "one-of-two") : effect
}

/**
 * Lists the containers that overlap the draft's and that its network is peered with already, in this project and all others. The
 * draft's own container and a new one's neighbours have separate checks.
 */
export function listPeeredOverlaps(reading: DraftReading): (NetworkPeering & { container: Container })[] {
  const block = readAtlasSide(reading) ?? ""
  return listOtherPeerings(reading).flatMap(({ container, ...one }) =>
    container !== null && isOverlapping(container.atlasCidrBlock ?? "", block) ? { ...one, container } : [],
  )
}

function listOtherPeerings(reading: DraftReading): NetworkPeering[] {
  const { here } = reading.snapshot
  return listNetworkPeerings(reading).filter(
    ({ peer, of, container }) =>
      toEffect({ peer, of, container }) !== null &&
      (of !== here || (!reading.isNew && peer.containerId !== reading.container?.id)),
  )
}

/** Checks if the network is peered already with a container that overlaps the draft's: no cloud routes the same addresses twice. */
export function checkPeeredContainers(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const { here, otherProjects } = reading.snapshot
  const block = readComparableBlock(reading)
  if (block === null) return []
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const about = {
    field: reading.isNew ? "atlasCidrBlock" : "containerId",
    basedOn: `connections in ${toCount(1 + otherProjects.length, "project")} you can see`,
  }
  const check = createCheck("overlap-with-other-container", about)
  // A look-up shows what a failed connection left behind.
  const isLooked = reading.known?.peerings !== undefined
  const overlapping = listPeeredOverlaps(reading).filter((one) => !isLooked || toEffect(one) !== "left-over")
  const found: Check[] = (["refused", "leaving", "one-of-two", "shared-route", "left-over"] as const).flatMap(
    (effect) => {
      const peerings = overlapping.filter((one) => toEffect(one) === effect)
      const [first] = peerings
      if (first === undefined) return []
      const says = sentences[effect]({
        name,
        block,
        cloud: providerLabels[providerName],
        others: nameSome([...new Set(peerings.map((one) => nameWithProject(one, one.container)))]),
        isSame: peerings.every(({ container }) => container.atlasCidrBlock === block),
      })
      const peering = { projectId: first.of.project.id, peeringId: first.peer.id }
      return { ...(effect === "refused" ? check.red(null, says) : check.amber(says)), peering }
    },
  )
  const withoutCidr = listOtherPeerings(reading).filter(
    ({ container }) => readCidrRange(container?.atlasCidrBlock ?? "") === null,
  )
  if (withoutCidr.length > 0) {
    const where = nameSome([...new Set(withoutCidr.map((one) => nameWithProject(one, null)))])
    found.push(
      check.unchecked(`${name} is also connected to ${where}, whose CIDR isn't known. Overlap not checked`),
    )
  }
  const unread = otherProjects.filter(isUnread).length
  if (unread > 0) found.push(check.unchecked(sayUnreadOthers(unread)))
  if (found.length > 0 || isUnread(here)) return found
  return [check.green(`${name} has no other known connection that overlaps ${block}`)]
}

function nameWithProject({ of }: NetworkPeering, container: Container | null): string {
  return `${container === null ? "a container" : nameContainer(container)} of ${of.project.name}`
}

interface Overlap {
  name: string
  block: string
  cloud: string
  others: string
  isSame: boolean
}

const sentences: Readonly<Record<Effect, (overlap: Overlap) => string>> = {
  refused: ({ name, block, cloud, others, isSame }) =>
    `${name} is already connected to ${others}. ${isSame ? "It has the same CIDR" : `It overlaps ${block}`}, and ${cloud} refuses a second network with these addresses`,
  leaving: ({ name, block, others }) =>
    `The connection of ${name} to ${others} is being deleted. It overlaps ${block}, so wait until it is gone`,
  "one-of-two": ({ name, block, cloud, others }) =>
    `${name} is also requested for ${others}, which overlaps ${block}. ${cloud} accepts only one of the two`,
  "shared-route": ({ name, block, others, isSame }) =>
    isSame
      ? `${name} is already connected to ${others}. One route table can't send ${block} to both: use separate route tables or narrower routes`
      : `${name} is already connected to ${others}, which overlaps ${block}. A route table sends the shared addresses to the narrower of the two CIDRs only`,
  "left-over": ({ name, block, cloud, others }) =>
    `A failed connection of ${name} to ${others} may have left a peering in ${cloud}, which would block ${block}. Delete it first`,
}
