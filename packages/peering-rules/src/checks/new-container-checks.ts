import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnread, toBasedOnContainers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import { findInPlace } from "./container-choice-checks.ts"
import { isWithinSpan, mostSmallRegions, toPrefixSpan, type PrefixSpan } from "#addresses/container-size.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { findOverlaps, nameBlocks } from "#draft/taken-blocks.ts"

/** Checks the region and block of a new container; nothing while an existing one is chosen. */
export function checkRegionAndBlock(reading: DraftReading): Check[] {
  return reading.isNew ? [...checkRegion(reading), checkSize(reading), checkOverlap(reading)] : []
}

/** Tells if a region is in China or of the US government: separate partitions, closed to an ordinary project. */
export function isClosedRegion(region: string): boolean {
  return /^(CN|US_GOV|CHINA)_/.test(region)
}

function checkRegion(reading: DraftReading): Check[] {
  if (reading.draft.providerName === "GCP") return []
  const check = createCheck("container-region", { field: "region", basedOn: "Atlas regions" })
  const region = readValue(reading, "region")
  if (region === null) return [check.open("Region check: choose an Atlas region first")]
  if (!isClosedRegion(region)) return [check.green(`Atlas is available in ${region}`)]
  const says = `${region} isn't available to standard Atlas projects`
  return [check.red("REGION_UNAVAILABLE", says)]
}

function checkSize(reading: DraftReading): Check {
  const { providerName } = reading.draft
  const cloud = providerLabels[providerName]
  const basedOn = `container sizes on ${cloud}`
  const check = createCheck("container-size", { field: "atlasCidrBlock", basedOn })
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null) return check.open("Size check: enter the Atlas CIDR first")
  const regions = providerName === "GCP" ? toNewRegions(reading.draft).length : 0
  const span = toPrefixSpan(providerName, regions)
  if (isWithinSpan(block, span)) return check.green(`${block} has a valid size`)
  if (regions === 0) {
    const sizes = providerName === "GCP" ? "/18 or larger, or /21 to /24 for selected regions" : "/21 to /24"
    return check.red(
      "ATLAS_INVALID_CIDR_BLOCK",
      `${block} has the wrong size. Containers on ${cloud} are ${sizes}`,
    )
  }
  const says =
    span === null
      ? `A container holds ${mostSmallRegions} selected regions at most. You selected ${regions}`
      : `${block} has the wrong size for ${toCount(regions, "region")}. Use ${nameSizes(span)}`
  return check.red("ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", says)
}

function nameSizes({ shortest, longest }: PrefixSpan): string {
  return shortest === longest ? `/${longest}` : `/${shortest} to /${longest}`
}

function checkOverlap(reading: DraftReading): Check {
  const { snapshot, draft, blocksHere } = reading
  const basedOn = toBasedOnContainers(snapshot.here)
  const check = createCheck("container-overlap", { field: "atlasCidrBlock", basedOn })
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null) return check.open("Overlap check: enter the Atlas CIDR first")
  // A container in the same place already prevents a second one, with any block.
  const inPlace = findInPlace(reading)
  const overlapping = findOverlaps(
    block,
    [blocksHere],
    ({ by }) =>
      "container" in by && by.container.providerName === draft.providerName && by.container !== inPlace,
  )
  if (overlapping.length > 0) {
    const says = `${block} overlaps ${nameBlocks(overlapping)}. Containers in a project can't overlap`
    return check.red("OVERLAPPING_ATLAS_CIDR_BLOCK", says)
  }
  if (isUnread(snapshot.here)) return check.unchecked(`${sayUnread(snapshot.here)}. ${block} may be taken`)
  return check.green(`${block} doesn't overlap any container in this project`)
}
