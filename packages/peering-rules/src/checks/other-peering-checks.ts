import { getNetworkName, networkFields, providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readComparableBlock, readPeeredBlocks, readValue } from "#draft/parse-draft.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { nameSome, shorten } from "#formats/phrases.ts"
import { listNetworkPeerings } from "#draft/network-peerings.ts"
import { createCheck, toBasedOnLookUp, whatIsFilledIn } from "./check.ts"

/**
 * Checks the container against the networks that the draft's network is peered with, as far as they are filled in: Azure and Google
 * Cloud refuse a second peering with the same addresses. Atlas lists only its own.
 */
export function checkOtherPeerings(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const block = readComparableBlock(reading)
  if (block === null) return []
  if (providerName === "AWS") return checkPeersOfVpc(reading, block)
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const looked = reading.known?.peerings
  const basedOn = looked === undefined ? whatIsFilledIn : toBasedOnLookUp(looked)
  const about = { field: "peeredBlocks", basedOn }
  const check = createCheck("overlap-with-other-network", about)
  const { blocks, names, isKnown } = readPeeredBlocks(reading)
  const of = names.map((one) => ({ one, cidr: findContainerBlock(reading, one) }))
  const unknown = of.flatMap(({ one, cidr }) => (cidr === null ? shorten(one) : []))
  const known = [...blocks, ...of.flatMap(({ cidr }) => cidr ?? [])]
  const overlapping = known.filter((one) => isOverlapping(one, block))
  const cloud = providerLabels[providerName]
  const found: Check[] = []
  if (overlapping.length > 0) {
    const overlap = overlapping.length === 1 ? "overlaps" : "overlap"
    const says = `${name} is peered with ${nameSome(overlapping)}, which ${overlap} the container's ${block}. ${cloud} refuses a second network with these addresses`
    found.push(check.red(null, says))
  }
  if (unknown.length > 0)
    found.push(
      check.unchecked(`The CIDRs of ${nameSome(unknown)}, peered with ${name}, aren't known. Not checked`),
    )
  if (!isKnown && overlapping.length === 0) return [check.unchecked(`Other peerings of ${name} not checked`)]
  if (found.length > 0) return found
  if (known.length === 0) return [check.green(`${name} has no peerings beside Atlas's`)]
  const dont = known.length === 1 ? "doesn't" : "don't"
  return [check.green(`${nameSome(known)}, peered with ${name}, ${dont} overlap the container's ${block}`)]
}

/** AWS compares only the two ends of a peering, so another one with the same addresses only takes their traffic. */
function checkPeersOfVpc(reading: DraftReading, block: string): Check[] {
  const { peerings } = reading.known ?? {}
  const vpcId = readValue(reading, "vpcId") ?? ""
  const check = createCheck("overlap-with-other-network", {
    field: "vpcId",
    basedOn: toBasedOnLookUp(peerings),
  })
  if (peerings === undefined) return [check.unchecked(`Other peerings of ${vpcId} not checked`)]
  const ofAtlas = listNetworkPeerings(reading).flatMap(({ peer }) =>
    peer.providerName === "AWS" ? (peer.connectionId ?? []) : [],
  )
  const others = peerings.value.filter(({ id, state }) => state === "active" && !ofAtlas.includes(id))
  const unknown = others.filter(({ ranges }) => ranges === null).map(({ id }) => id)
  const overlapping = others.filter(({ ranges }) => ranges?.some((one) => isOverlapping(one, block)))
  if (overlapping.length > 0) {
    const names = nameSome(overlapping.map(({ id, network }) => `${network} (${id})`))
    const says = `${vpcId} is also peered with ${names}, which overlaps ${block}. A route table sends the shared addresses to one of the two only`
    return [check.amber(says)]
  }
  if (unknown.length > 0)
    return [check.unchecked(`The CIDRs behind ${nameSome(unknown)} aren't known. Not checked`)]
  return [check.green(`No other peering of ${vpcId} overlaps ${block}`)]
}

/** Returns the CIDR of the container that has this network in Atlas; null without one. */
function findContainerBlock({ draft, snapshot }: DraftReading, name: string): string | null {
  const containers = [snapshot.here, ...snapshot.otherProjects].flatMap((one) => one.containers)
  const found = containers.find(
    (one) => one.providerName === draft.providerName && getNetworkName(one) === name,
  )
  return found?.atlasCidrBlock ?? null
}
