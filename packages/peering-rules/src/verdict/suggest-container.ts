import {
  isInContainer,
  readContainerRegion,
  readRegionName,
  toAtlasRegionName,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { findContainerInPlace } from "#draft/container-place.ts"
import { readValue, toDraftReading, toFacts, toKnownBlocks } from "#draft/parse-draft.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toDraftFields } from "#draft/draft-fields.ts"
import { createRoomFinder } from "./free-room.ts"

/** An existing container to preselect. */
export interface ContainerSuggestion {
  containerId: string
  /** “Same region as your VPC”, without a full stop. */
  reason: string
}

/**
 * Suggests the container that fits a draft: the one in the VPC's region, else the project's only one on this cloud, else the one
 * that the subscription's other VNets use. Null when none fits, or several do.
 * @param peers the project's peerings
 */
export function suggestContainer(
  draft: PeeringDraft,
  containers: readonly Container[],
  peers: readonly AtlasPeer[],
): ContainerSuggestion | null {
  const { providerName } = draft
  const fields = toDraftFields(draft)
  const own = toKnownBlocks({ draft, fields, known: null, container: null })
  const ofCloud = containers.filter((one) => one.providerName === providerName)
  const isFree = ({ atlasCidrBlock }: Container) =>
    !own.some((block) => isOverlapping(block, atlasCidrBlock ?? ""))
  const fitting = ofCloud.filter(isFree)

  const vpcRegion = readValue({ fields }, "accepterRegionName")
  const inRegion =
    vpcRegion === null ? null : findContainerInPlace(fitting, providerName, toAtlasRegionName(vpcRegion))
  if (inRegion !== null) return { containerId: inRegion.id, reason: "Same region as your VPC" }

  const isInUse = (one: Container) =>
    one.provisioned === true || peers.some((peer) => isInContainer(one, peer))
  const [only] = fitting
  // An unused container in another region than the VPC's is a leftover rather than a choice.
  if (only !== undefined && ofCloud.length === 1 && (vpcRegion === null || isInUse(only)))
    return { containerId: only.id, reason: "The project's only container" }

  const subscription = readValue({ fields }, "azureSubscriptionId")
  const used = fitting.filter((one) =>
    peers.some(
      (peer) =>
        peer.providerName === "AZURE" &&
        isInContainer(one, peer) &&
        peer.azureSubscriptionId?.toLowerCase() === subscription?.toLowerCase(),
    ),
  )
  const [shared] = used
  return subscription !== null && shared !== undefined && used.length === 1
    ? { containerId: shared.id, reason: "Used by your subscription's other VNets" }
    : null
}

/** Tells if Atlas allows a project another container on a cloud. On Google Cloud it has one for all regions. */
export function isNewContainerPossible(
  providerName: ProviderName,
  containers: readonly Container[],
): boolean {
  return providerName !== "GCP" || !containers.some((one) => one.providerName === "GCP")
}

/** Values to prefill for a new container; null without a good one. */
export interface NewContainerSuggestion {
  /** Atlas's name of the region (`US_EAST_1`); null on Google Cloud, where a container serves every region. */
  region: string | null
  atlasCidrBlock: string | null
}

/**
 * Suggests a new container's region and a free CIDR of the usual size: a /21, on Google Cloud a /18.
 * @param networkRegion where the network is, in Atlas's spelling or the cloud's; the draft's VPC region without it
 */
export function suggestNewContainer(
  draft: PeeringDraft,
  snapshot: ProjectSnapshot,
  networkRegion: string | null = null,
): NewContainerSuggestion {
  const reading = toDraftReading(draft, toFacts(snapshot))
  const isGcp = draft.providerName === "GCP"
  const atlasCidrBlock = createRoomFinder(reading)(isGcp ? 18 : 21, toKnownBlocks(reading))
  const region = networkRegion ?? readValue(reading, "accepterRegionName")
  if (isGcp || region === null) return { region: null, atlasCidrBlock }
  const name = readRegionName(draft.providerName, region)
  const isTaken = snapshot.here.containers.some(
    (one) => one.providerName === draft.providerName && readContainerRegion(one) === name,
  )
  return { region: isTaken ? null : name, atlasCidrBlock }
}
