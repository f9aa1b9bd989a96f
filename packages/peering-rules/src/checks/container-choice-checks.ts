import type { Check, Container } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnread, toBasedOnContainers, whatIsFilledIn } from "./check.ts"
import { capitalize, nameContainer, shorten } from "#formats/phrases.ts"
import { findContainerInPlace } from "#draft/container-place.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"

/** Checks if a new container is allowed and what it fixes; for an existing one, if the typed block would be used. */
export function checkContainerChoice(reading: DraftReading): Check[] {
  return reading.isNew ? [checkOnlyOne(reading), warnOneWayDoor(reading)] : checkIgnoredBlock(reading)
}

/** Finds the container that already serves the place of the draft's new one. */
export function findInPlace(reading: DraftReading): Container | null {
  const { draft, snapshot } = reading
  return findContainerInPlace(snapshot.here.containers, draft.providerName, readValue(reading, "region"))
}

function checkOnlyOne(reading: DraftReading): Check {
  const { here } = reading.snapshot
  const isGcp = reading.draft.providerName === "GCP"
  const about = { basedOn: toBasedOnContainers(here), ...(!isGcp && { field: "region" }) }
  const check = createCheck("container-is-the-only-one", about)
  const region = readValue(reading, "region")
  if (!isGcp && region === null) return check.open("Container check: choose an Atlas region first")
  const existing = findInPlace(reading)
  const [where, limit] = isGcp
    ? ["on Google Cloud", "one on Google Cloud"]
    : [`in ${region}`, "one per region"]
  if (existing !== null) {
    const block = readValue(reading, "atlasCidrBlock")
    const kept = existing.atlasCidrBlock ?? block
    const unused = block !== null && block !== kept ? `, so ${block} can't be used` : ""
    const says = `${here.project.name} already has ${nameContainer(existing)}. Atlas allows ${limit}${unused}`
    return check.red("CONTAINER_ALREADY_EXISTS", says)
  }
  if (isUnread(here)) return check.unchecked(`${sayUnread(here)}. A container ${where} may exist`)
  return check.green(`${here.project.name} has no container ${where} yet`)
}

/** Atlas's CLI accepts a block and silently uses the container's own; this check says so. */
function checkIgnoredBlock({ draft, snapshot, container }: DraftReading): Check[] {
  const typed = draft.newContainer?.atlasCidrBlock.trim() ?? ""
  const fixed = container?.atlasCidrBlock ?? ""
  if (container === null || typed === "" || fixed === "" || typed === fixed) return []
  const about = { field: "atlasCidrBlock", basedOn: toBasedOnContainers(snapshot.here) }
  const says = `${capitalize(nameContainer(container))} has a fixed CIDR. ${shorten(typed)} won't be used`
  return [createCheck("cidr-ignored", about).amber(says)]
}

function warnOneWayDoor(reading: DraftReading): Check {
  const regions = reading.draft.providerName === "GCP" ? toNewRegions(reading.draft) : []
  const block = readValue(reading, "atlasCidrBlock")
  const locked = regions.length === 0 ? "" : `. Clusters are limited to ${regions.join(", ")}`
  const says = `The Atlas CIDR ${block === null ? "" : `${block} `}can't be changed later${locked}`
  return createCheck("one-way-door", { basedOn: whatIsFilledIn, field: "atlasCidrBlock" }).note(says)
}
