import { networkFields, providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readCidrRange } from "#addresses/cidr-range.ts"
import { readAtlasSide, readNetwork, readPeeredBlocks, readValue } from "#draft/parse-draft.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { nameSome, shorten } from "#formats/phrases.ts"
import { createCheck, whatIsFilledIn } from "./check.ts"
import { buildPeeringsCommand } from "./network-command.ts"

/**
 * Checks the container against the networks that the draft's network is peered with, as far as they are filled in: Azure and Google
 * Cloud refuse a second peering with the same addresses. Atlas lists only its own.
 */
export function checkOtherPeerings(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const block = readAtlasSide(reading) ?? ""
  if (providerName === "AWS" || readNetwork(reading) === null || readCidrRange(block) === null) return []
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const about = { field: "peeredBlocks", basedOn: whatIsFilledIn }
  const check = createCheck("overlap-with-other-network", about)
  const command = buildPeeringsCommand(reading)
  const toUnchecked = (says: string) => ({ ...check.unchecked(says), ...(command !== null && { command }) })
  const { blocks, names, isKnown } = readPeeredBlocks(reading)
  if (!isKnown) return [toUnchecked(`Other peerings of ${name} not checked`)]

  const of = names.map((one) => ({ one, cidr: findContainerBlock(reading, one) }))
  const unknown = of.flatMap(({ one, cidr }) => (cidr === null ? shorten(one) : []))
  const known = [...blocks, ...of.flatMap(({ cidr }) => cidr ?? [])]
  const met = known.filter((one) => isOverlapping(one, block))
  const cloud = providerLabels[providerName]
  const found: Check[] = []
  if (met.length > 0) {
    const overlap = met.length === 1 ? "overlaps" : "overlap"
    const says = `${name} is peered with ${nameSome(met)}, which ${overlap} the container's ${block}. ${cloud} refuses a second network with these addresses`
    found.push(check.red(null, says))
  }
  if (unknown.length > 0)
    found.push(
      toUnchecked(`The CIDRs of ${nameSome(unknown)}, peered with ${name}, aren't known. Not checked`),
    )
  if (found.length > 0) return found
  if (known.length === 0) return [check.green(`${name} has no peerings beside Atlas's`)]
  const dont = known.length === 1 ? "doesn't" : "don't"
  return [check.green(`${nameSome(known)}, peered with ${name}, ${dont} overlap the container's ${block}`)]
}

/** Returns the CIDR of the container that has this network in Atlas; null without one. */
function findContainerBlock({ draft, snapshot }: DraftReading, name: string): string | null {
  const containers = [snapshot.here, ...snapshot.otherProjects].flatMap((one) => one.containers)
  const isIt = (one: object) => ["networkName", "vnetName"].some((field) => Reflect.get(one, field) === name)
  const found = containers.find((one) => one.providerName === draft.providerName && isIt(one))
  return found?.atlasCidrBlock ?? null
}
