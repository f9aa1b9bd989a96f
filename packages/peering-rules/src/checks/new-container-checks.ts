import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toRestsOnContainers } from "./check.ts"
import { findInPlace } from "./container-choice-checks.ts"
import { isWithinSpan, mostSmallRegions, toPrefixSpan } from "#addresses/container-size.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { findOverlaps, nameBlocks } from "#draft/taken-blocks.ts"
import { toRedCheck } from "./red-codes.ts"

/** What Atlas asks of a new container's region and block; nothing while an existing one is chosen. */
export function toNewContainerChecks(reading: DraftReading): Check[] {
  if (!reading.isNew) return []
  return [...toRegionChecks(reading), toSizeCheck(reading), toOverlapCheck(reading)]
}

/** The regions of China and of the US government are partitions of their own, closed to an ordinary project. */
export function isClosedRegion(region: string): boolean {
  return /^(CN|US_GOV|CHINA)_/.test(region)
}

function toRegionChecks(reading: DraftReading): Check[] {
  if (reading.draft.providerName === "GCP") return []
  const about = { field: "region", restsOn: "The regions of Atlas" }
  const region = readValue(reading, "region")
  if (region === null) return [toCheck("container-region", "open", "No Atlas region is chosen yet", about)]
  if (!isClosedRegion(region)) return [toCheck("container-region", "green", `Atlas runs in ${region}`, about)]
  const says = `${region} is closed to ordinary projects: China and the US government have partitions of their own`
  return [toRedCheck("container-region", "REGION_UNAVAILABLE", says, about)]
}

function toSizeCheck(reading: DraftReading): Check {
  const { providerName } = reading.draft
  const cloud = providerLabels[providerName]
  const about = { field: "atlasCidrBlock", restsOn: `The sizes that Atlas takes for ${cloud}` }
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null)
    return toCheck(
      "container-size",
      "open",
      "Whether Atlas takes its size shows once its block is filled in",
      about,
    )
  const regions = toNewRegions(reading.draft).length
  const span = toPrefixSpan(providerName, providerName === "GCP" ? regions : 0)
  if (isWithinSpan(block, span))
    return toCheck("container-size", "green", `${block} has a size that Atlas takes`, about)
  if (providerName !== "GCP" || regions === 0) {
    const sizes = providerName === "GCP" ? "/18 or larger, or /21 to /24 for chosen regions" : "/21 to /24"
    const says = `${block} has the wrong size for ${cloud}: ${sizes}`
    return toRedCheck("container-size", "ATLAS_INVALID_CIDR_BLOCK", says, about)
  }
  const sizes =
    span?.shortest === span?.longest ? `a /${span?.longest}` : `/${span?.shortest} to /${span?.longest}`
  const says =
    span === null
      ? `A container for chosen regions has room for ${mostSmallRegions} of them; ${regions} are chosen`
      : `${block} has the wrong size for ${regions === 1 ? "one region" : `${regions} regions`}: each takes a /24, so ${sizes}`
  return toRedCheck("container-size", "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", says, about)
}

function toOverlapCheck(reading: DraftReading): Check {
  const { snapshot, draft, blocksHere } = reading
  const about = { field: "atlasCidrBlock", restsOn: toRestsOnContainers(snapshot.here) }
  const block = readValue(reading, "atlasCidrBlock")
  if (block === null)
    return toCheck(
      "container-overlap",
      "open",
      "Whether another container has its addresses shows once its block is filled in",
      about,
    )
  // The container of the very place stands in the way by being there, whatever its block.
  const inPlace = findInPlace(reading)
  const met = findOverlaps(
    block,
    [blocksHere],
    ({ by }) =>
      "container" in by && by.container.providerName === draft.providerName && by.container !== inPlace,
  )
  if (met.length > 0) {
    const says = `${block} overlaps ${nameBlocks(met)}; containers of one project may not overlap`
    return toRedCheck("container-overlap", "OVERLAPPING_ATLAS_CIDR_BLOCK", says, about)
  }
  if (isUnread(snapshot.here))
    return toCheck(
      "container-overlap",
      "open",
      `${sayUnread(snapshot.here)}, so ${block} may be taken`,
      about,
    )
  return toCheck("container-overlap", "green", `${block} overlaps no container of the project`, about)
}
