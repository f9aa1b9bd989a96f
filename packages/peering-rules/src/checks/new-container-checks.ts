import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnread, toRestsOnContainers } from "./check.ts"
import { findInPlace } from "./container-choice-checks.ts"
import { isWithinSpan, mostSmallRegions, toPrefixSpan } from "#addresses/container-size.ts"
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
  const check = createCheck("container-region", { field: "region", restsOn: "The regions of Atlas" })
  const region = readValue(reading, "region")
  if (region === null) return [check.awaiting("No Atlas region is chosen yet")]
  if (!isClosedRegion(region)) return [check.green(`Atlas runs in ${region}`)]
  const says = `${region} is closed to ordinary projects: China and the US government have partitions of their own`
  return [check.red("REGION_UNAVAILABLE", says)]
}

function checkSize(reading: DraftReading): Check {
  const { providerName } = reading.draft
  const cloud = providerLabels[providerName]
  const restsOn = `The sizes that Atlas takes for ${cloud}`
  const check = createCheck("container-size", { field: "atlasCidrBlock", restsOn })
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null) return check.awaiting("Whether Atlas takes its size shows once its block is filled in")
  const regions = toNewRegions(reading.draft).length
  const span = toPrefixSpan(providerName, providerName === "GCP" ? regions : 0)
  if (isWithinSpan(block, span)) return check.green(`${block} has a size that Atlas takes`)
  if (providerName !== "GCP" || regions === 0) {
    const sizes = providerName === "GCP" ? "/18 or larger, or /21 to /24 for chosen regions" : "/21 to /24"
    return check.red("ATLAS_INVALID_CIDR_BLOCK", `${block} has the wrong size for ${cloud}: ${sizes}`)
  }
  const sizes =
    span?.shortest === span?.longest ? `a /${span?.longest}` : `/${span?.shortest} to /${span?.longest}`
  const says =
    span === null
      ? `A container for chosen regions has room for ${mostSmallRegions} of them; ${regions} are chosen`
      : `${block} has the wrong size for ${regions === 1 ? "one region" : `${regions} regions`}: each takes a /24, so ${sizes}`
  return check.red("ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", says)
}

function checkOverlap(reading: DraftReading): Check {
  const { snapshot, draft, blocksHere } = reading
  const restsOn = toRestsOnContainers(snapshot.here)
  const check = createCheck("container-overlap", { field: "atlasCidrBlock", restsOn })
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null)
    return check.awaiting("Whether another container has its addresses shows once its block is filled in")
  // A container in the same place already prevents a second one, with any block.
  const inPlace = findInPlace(reading)
  const met = findOverlaps(
    block,
    [blocksHere],
    ({ by }) =>
      "container" in by && by.container.providerName === draft.providerName && by.container !== inPlace,
  )
  if (met.length > 0) {
    const says = `${block} overlaps ${nameBlocks(met)}; containers of one project may not overlap`
    return check.red("OVERLAPPING_ATLAS_CIDR_BLOCK", says)
  }
  if (isUnread(snapshot.here)) return check.open(`${sayUnread(snapshot.here)}, so ${block} may be taken`)
  return check.green(`${block} overlaps no container of the project`)
}
