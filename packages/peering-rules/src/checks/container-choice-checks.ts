import type { Check, Container } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toRestsOnContainers, whatIsFilledIn } from "./check.ts"
import { capitalize, nameContainer, shorten } from "#formats/phrases.ts"
import { findContainerInPlace } from "#draft/container-place.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { toRedCheck } from "./red-codes.ts"

/** Whether a new container may be made at all and what that fixes; of one that is there, whether the typed block would be used. */
export function toContainerChoiceChecks(reading: DraftReading): Check[] {
  return reading.isNew
    ? [toOnlyOneCheck(reading), toOneWayDoorCheck(reading)]
    : toIgnoredBlockChecks(reading, reading.container)
}

/** The container that already serves what the draft's new one would. */
export function findInPlace(reading: DraftReading): Container | null {
  const { draft, snapshot } = reading
  return findContainerInPlace(snapshot.here.containers, draft.providerName, readValue(reading, "region"))
}

function toOnlyOneCheck(reading: DraftReading): Check {
  const { here } = reading.snapshot
  const isGcp = reading.draft.providerName === "GCP"
  const about = { restsOn: toRestsOnContainers(here), ...(!isGcp && { field: "region" }) }
  const region = readValue(reading, "region")
  if (!isGcp && region === null)
    return toCheck("container-is-the-only-one", "open", "No Atlas region is chosen yet", about)
  const existing = findInPlace(reading)
  const where = isGcp ? "on Google Cloud" : `in ${region}`
  if (existing !== null) {
    const block = readValue(reading, "atlasCidrBlock")
    const kept = existing.atlasCidrBlock ?? null
    const isOther = block !== null && kept !== null && block !== kept
    const refused = isOther ? `with ${block} is refused, and Atlas keeps ${kept}` : "is refused"
    const says = `${here.project.name} already has ${nameContainer(existing)}, and may have only one ${where}: a second one ${refused}`
    return toRedCheck("container-is-the-only-one", "CONTAINER_ALREADY_EXISTS", says, about)
  }
  if (isUnread(here)) {
    const says = `${sayUnread(here)}, so there may be a container ${where} already`
    return toCheck("container-is-the-only-one", "open", says, about)
  }
  return toCheck(
    "container-is-the-only-one",
    "green",
    `${here.project.name} has no container ${where} yet`,
    about,
  )
}

/** Atlas's command line takes a block and silently uses the container's own; here it is said. */
function toIgnoredBlockChecks({ draft, snapshot }: DraftReading, container: Container | null): Check[] {
  const typed = draft.newContainer?.atlasCidrBlock.trim() ?? ""
  const fixed = container?.atlasCidrBlock ?? ""
  if (container === null || typed === "" || fixed === "" || typed === fixed) return []
  const says = `${capitalize(nameContainer(container))} fixes Atlas's block already; ${shorten(typed)} would not be used`
  const about = { field: "atlasCidrBlock", restsOn: toRestsOnContainers(snapshot.here) }
  return [toCheck("cidr-ignored", "amber", says, about)]
}

function toOneWayDoorCheck(reading: DraftReading): Check {
  const regions = reading.draft.providerName === "GCP" ? toNewRegions(reading.draft) : []
  const block = readValue(reading, "atlasCidrBlock") ?? "The block"
  const locked =
    regions.length === 0 ? "" : `, and the project's clusters there can only be in ${regions.join(", ")}`
  const says = `${block} stays Atlas's block for good: it cannot be changed once a connection or a cluster of M10 or larger lives in it${locked}`
  return toCheck("one-way-door", "amber", says, { restsOn: whatIsFilledIn, field: "atlasCidrBlock" })
}
