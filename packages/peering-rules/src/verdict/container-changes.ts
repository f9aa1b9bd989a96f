import {
  isInContainer,
  readContainerRegion,
  regionsOfCloud,
  toAtlasRegionName,
  type Container,
} from "@peering-desk/shared-schemas"
import { nameContainer } from "#formats/phrases.ts"
import { findInPlace } from "#checks/container-choice-checks.ts"
import {
  chooseContainer,
  costs,
  fillNewContainer,
  fillRequest,
  hasRed,
  type DraftChange,
  type RefusedDraft,
} from "./draft-change.ts"
import { readAtlasSide, readValue, toKnownBlocks, type DraftReading } from "#draft/parse-draft.ts"
import { isClosedRegion } from "#checks/new-container-checks.ts"
import { compareText } from "#draft/taken-blocks.ts"

/** The most containers, and the most regions, that are worth trying. */
const mostTries = 4

/** Suggests another container: an existing one, one in another region, a new one. */
export function toContainerChanges(trouble: RefusedDraft): DraftChange[] {
  return [...toExistingChanges(trouble), ...toOtherRegionChanges(trouble), ...toNewChanges(trouble)]
}

function toExistingChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading, reds } = trouble
  const isAboutChoice =
    reds.some(({ id, field }) => id === "fields" && field === "containerId") ||
    hasRed(
      trouble,
      "container",
      "container-region",
      "container-size",
      "container-overlap",
      "container-is-the-only-one",
      "overlap-with-container",
      "overlap-with-peer",
      "overlap-with-other-container",
      "overlap-with-other-network",
      "peering-only-mode",
    )
  if (!isAboutChoice) return []
  const inPlace = reading.isNew ? findInPlace(reading) : null
  const otherCost = reading.isNew ? costs.noNewContainer : costs.otherContainer
  const toChange = (container: Container): DraftChange => ({
    title: `Use ${nameContainer(container)}`,
    why: `${container === inPlace ? "Exists already" : "One of the project's containers"}${sayReach(readContainerRegion(container))}`,
    cost: container === inPlace ? costs.existingContainer : otherCost,
    draft: chooseContainer(reading.draft, container.id),
  })
  return toCandidates(reading, inPlace).map(toChange)
}

/** Names the limit of another region: Atlas routes from a container only to clusters in its region. */
function sayReach(region: string | null): string {
  return region === null ? "" : `. It reaches only clusters in ${region}`
}

/** Lists containers of the cloud, likeliest first: in place, in the VPC's region, with other connections. */
function toCandidates(
  { snapshot, draft, fields, container }: DraftReading,
  inPlace: Container | null,
): Container[] {
  const region = toAtlasRegionName(readValue({ fields }, "accepterRegionName") ?? "")
  const toRank = (one: Container) => {
    if (one === inPlace) return 0
    if (readContainerRegion(one) === region) return 1
    return snapshot.here.peers.some((peer) => isInContainer(one, peer)) ? 2 : 3
  }
  return snapshot.here.containers
    .filter((one) => one.providerName === draft.providerName && one !== container)
    .map((one) => ({ one, key: `${toRank(one)} ${one.id} ${nameContainer(one)}` }))
    .sort((a, b) => compareText(a.key, b.key))
    .slice(0, mostTries)
    .map(({ one }) => one)
}

function toOtherRegionChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading, reds } = trouble
  const isAboutRegion =
    reds.some(({ id, field }) => id === "fields" && field === "region") ||
    hasRed(trouble, "container-region", "container-is-the-only-one")
  if (!reading.isNew || !isAboutRegion) return []
  return findFreeRegions(reading)
    .slice(0, 2)
    .map((region) => ({
      title: `Create the container in ${region}`,
      why: `${reading.snapshot.here.project.name} has no container there yet${sayReach(region)}`,
      cost: costs.otherRegion,
      draft: fillNewContainer(reading.draft, { region }),
    }))
}

/** Lists regions without a container, nearest first: the VPC's own, then the same continent. */
function findFreeRegions({ draft, snapshot, fields }: DraftReading): string[] {
  if (draft.providerName === "GCP") return []
  const known = Object.keys(regionsOfCloud[draft.providerName])
  const taken = new Set(
    snapshot.here.containers
      .filter((one) => one.providerName === draft.providerName)
      .map(readContainerRegion),
  )
  const wanted = toAtlasRegionName(
    readValue({ fields }, "accepterRegionName") ?? draft.newContainer?.region ?? "",
  )
  const continent = wanted.split("_")[0] ?? ""
  const toRank = (region: string) => (region === wanted ? 0 : region.startsWith(`${continent}_`) ? 1 : 2)
  return known
    .filter((region) => !taken.has(region) && !isClosedRegion(region))
    .sort((a, b) => toRank(a) - toRank(b))
}

/** Problems of an existing container that a new one may not have. */
const needANewOne = [
  "container",
  "overlap-with-container",
  "overlap-with-peer",
  "overlap-with-other-container",
  "overlap-with-other-network",
] as const

/** Suggests a new container instead of an unusable one; the last resort, as it fixes a block for good. */
function toNewChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading, findRoom } = trouble
  const { draft, snapshot } = reading
  if (reading.isNew || !hasRed(trouble, ...needANewOne)) return []
  const isGcp = draft.providerName === "GCP"
  const [region = null] = findFreeRegions(reading)
  const isTaken = isGcp ? snapshot.here.containers.some((one) => one.providerName === "GCP") : region === null
  if (isTaken) return []
  const atlasCidrBlock = findRoom(isGcp ? 18 : 21, [...toKnownBlocks(reading), readAtlasSide(reading)])
  if (atlasCidrBlock === null) return []
  const where = region === null ? "" : ` in ${region}`
  return [
    {
      title: `Create container ${atlasCidrBlock}${where}`,
      why: `Doesn't overlap any known network${sayReach(region)}`,
      cost: costs.newContainer,
      draft: {
        ...fillRequest(draft, { containerId: "new" }),
        newContainer: { atlasCidrBlock, ...(region !== null && { region }) },
      },
    },
  ]
}
