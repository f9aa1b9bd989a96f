import { readStatus, toAtlasRegionName, type AtlasPeer, type Check } from "@peering-desk/shared-schemas"
import { toAwsPartition } from "#addresses/aws-vpc-rules.ts"
import { toCheck, toRestsOnPeers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import { readAtlasAwsRegion, readNetwork, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { isClosedRegion } from "./new-container-checks.ts"
import { toRedCheck } from "./red-codes.ts"

/** What depends on the cloud: regions apart on AWS, the role that Azure asks for, peering-only mode. */
export function toCloudChecks(reading: DraftReading): Check[] {
  return [...toCrossRegionChecks(reading), ...toPeeringOnlyChecks(reading), ...toPermissionChecks(reading)]
}

function toCrossRegionChecks(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AWS") return []
  const yours = readValue(reading, "accepterRegionName")
  const atlas = readAtlasAwsRegion(reading)
  // In a closed region no container can be made, which has a check of its own.
  if (yours === null || atlas === null || (reading.isNew && isClosedRegion(toAtlasRegionName(atlas))))
    return []
  const about = { field: "accepterRegionName", restsOn: "The regions of the VPC and of the container" }
  if (yours === atlas)
    return [toCheck("cross-region", "green", `The VPC and the container are both in ${yours}`, about)]
  if (toAwsPartition(yours) !== toAwsPartition(atlas)) {
    const says = `${yours} and ${atlas} are in partitions of AWS that are kept apart, and no VPCs are peered across them`
    return [toRedCheck("cross-region", null, says, about)]
  }
  const says = `The VPC is in ${yours}, the container in ${atlas}: the access list can then hold the VPC's block, but no security groups`
  return [toCheck("cross-region", "amber", says, about)]
}

/** The Azure connections that live in another container than the chosen one. */
function toAzurePeersInOtherContainers({ snapshot, container }: DraftReading): AtlasPeer[] {
  return snapshot.here.peers.filter(
    (peer) => peer.providerName === "AZURE" && peer.containerId !== container?.id,
  )
}

const deprecatedModeCode = "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"

/** The mode is a relic that only Azure still looks at, when a project peers from a second container. */
function toPeeringOnlyChecks(reading: DraftReading): Check[] {
  const { here } = reading.snapshot
  const { name } = here.project
  const about = { restsOn: toRestsOnPeers(here) }
  const others =
    reading.draft.providerName === "AZURE" && (reading.isNew || reading.container !== null)
      ? toAzurePeersInOtherContainers(reading).length
      : 0
  const inAnother = `${toCount(others, "connection")} ${others === 1 ? "is" : "are"}`
  if (here.privateIpMode === true && others > 0) {
    const says = `${name} is in peering-only mode, which allows Azure connections from one container only, and ${inAnother} in another. Switch the mode off, or choose that container`
    return [toRedCheck("peering-only-mode", deprecatedModeCode, says, about)]
  }
  if (here.privateIpMode === true) {
    const says = `${name} is in peering-only mode, which peering has not needed since 2020; the connection is made all the same`
    return [toCheck("peering-only-mode", "amber", says, about)]
  }
  if (here.privateIpMode === null) {
    if (others === 0) return []
    const says = `Whether ${name} is in peering-only mode could not be read; if it is, Azure connections are allowed from one container only, and ${inAnother} in another`
    return [toCheck("peering-only-mode", "amber", says, { ...about, errorCode: deprecatedModeCode })]
  }
  return [toCheck("peering-only-mode", "green", `${name} is not in peering-only mode`, about)]
}

/** Azure alone has to let Atlas in before the connection is asked for; only a connection that worked proves that it did. */
function toPermissionChecks(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AZURE") return []
  const network = readNetwork(reading)
  const vnet = readValue(reading, "vnetName")
  const projects = [reading.snapshot.here, ...reading.snapshot.otherProjects]
  const isProven =
    network !== null &&
    projects.some(({ peers }) =>
      peers.some((peer) => readStatus(peer) === "AVAILABLE" && isSameNetwork(network, peer)),
    )
  const about = { field: "vnetName", restsOn: `The connections of ${toCount(projects.length, "project")}` }
  if (isProven)
    return [
      toCheck(
        "cloud-permission",
        "green",
        `${vnet} has a connection that works, so Atlas has its role there`,
        about,
      ),
    ]
  const says = `Atlas needs its role on ${vnet ?? "the VNet"} before the connection is asked for; without it, Azure refuses`
  return [
    toCheck("cloud-permission", "amber", says, {
      ...about,
      errorCode: "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED",
    }),
  ]
}
