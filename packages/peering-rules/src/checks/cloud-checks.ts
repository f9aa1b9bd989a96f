import { readStatus, toAtlasRegionName, type Check } from "@peering-desk/shared-schemas"
import { toAwsPartition } from "#addresses/aws-vpc-rules.ts"
import { createCheck, toRestsOnPeers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import { readAtlasAwsRegion, readNetwork, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { isClosedRegion } from "./new-container-checks.ts"

/** Checks what differs by cloud: separate regions on AWS, peering-only mode, Atlas's role on Azure. */
export function checkCloud(reading: DraftReading): Check[] {
  return [...checkCrossRegion(reading), ...checkPeeringOnlyMode(reading), ...checkPermission(reading)]
}

function checkCrossRegion(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AWS") return []
  const yours = readValue(reading, "accepterRegionName")
  const atlas = readAtlasAwsRegion(reading)
  // No container can be made in a closed region, which has its own check.
  if (yours === null || atlas === null || (reading.isNew && isClosedRegion(toAtlasRegionName(atlas))))
    return []
  const about = { field: "accepterRegionName", restsOn: "The regions of the VPC and of the container" }
  const check = createCheck("cross-region", about)
  if (yours === atlas) return [check.green(`The VPC and the container are both in ${yours}`)]
  if (toAwsPartition(yours) !== toAwsPartition(atlas)) {
    const says = `${yours} and ${atlas} are in partitions of AWS that are kept apart, and no VPCs are peered across them`
    return [check.red(null, says)]
  }
  const says = `The VPC is in ${yours}, the container in ${atlas}: the access list can then hold the VPC's block, but no security groups`
  return [check.amber(says)]
}

const deprecatedModeCode = "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"

/** The mode is a relic; it only stops a project that peers on Azure from a second container. */
function checkPeeringOnlyMode(reading: DraftReading): Check[] {
  const { draft, isNew, container } = reading
  const { here } = reading.snapshot
  const { name } = here.project
  const check = createCheck("peering-only-mode", { restsOn: toRestsOnPeers(here) })
  if (here.privateIpMode === false) return [check.green(`${name} is not in peering-only mode`)]
  const others =
    draft.providerName === "AZURE" && (isNew || container !== null)
      ? here.peers.filter((peer) => peer.providerName === "AZURE" && peer.containerId !== container?.id)
      : []
  const inAnother = `${toCount(others.length, "connection")} ${others.length === 1 ? "is" : "are"} in another`
  if (here.privateIpMode === null) {
    if (others.length === 0) return []
    const says = `Whether ${name} is in peering-only mode could not be read; if it is, Azure connections are allowed from one container only, and ${inAnother}`
    return [check.amber(says, deprecatedModeCode)]
  }
  if (others.length > 0) {
    const says = `${name} is in peering-only mode, which allows Azure connections from one container only, and ${inAnother}. Switch the mode off, or choose that container`
    return [check.red(deprecatedModeCode, says)]
  }
  const says = `${name} is in peering-only mode, which peering has not needed since 2020; the connection is made all the same`
  return [check.amber(says)]
}

/** Azure has to let Atlas in before the request; only a peering that worked proves that it did. */
function checkPermission(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AZURE") return []
  const network = readNetwork(reading)
  const vnet = readValue(reading, "vnetName")
  const projects = [reading.snapshot.here, ...reading.snapshot.otherProjects]
  const isProven =
    network !== null &&
    projects.some(({ peers }) =>
      peers.some((peer) => readStatus(peer) === "AVAILABLE" && isSameNetwork(network, peer)),
    )
  const restsOn = `The connections of ${toCount(projects.length, "project")}`
  const check = createCheck("cloud-permission", { field: "vnetName", restsOn })
  if (isProven) return [check.green(`${vnet} has a connection that works, so Atlas has its role there`)]
  const says = `Atlas needs its role on ${vnet ?? "the VNet"} before the connection is asked for; without it, Azure refuses`
  return [check.amber(says, "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")]
}
