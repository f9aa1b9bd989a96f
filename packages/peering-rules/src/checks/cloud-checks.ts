import { readStatus, toAtlasRegionName, type Check } from "@peering-desk/shared-schemas"
import { toAwsPartition } from "#addresses/aws-vpc-rules.ts"
import { createCheck, toBasedOnLookUp, toBasedOnPeers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import { readAtlasAwsRegion, readNetwork, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { mayPeer } from "#runbook/read-role-assignments.ts"
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
  const about = { field: "accepterRegionName", basedOn: "the two regions" }
  const check = createCheck("cross-region", about)
  if (yours === atlas) return [check.green(`The VPC and the container are both in ${yours}`)]
  if (toAwsPartition(yours) !== toAwsPartition(atlas)) {
    const says = `${yours} and ${atlas} are in separate AWS partitions, which AWS doesn't peer`
    return [check.amber(says)]
  }
  return [
    check.note(`Cross-region, ${yours} to ${atlas}: the access list takes CIDRs but no security groups`),
  ]
}

const deprecatedModeCode = "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"

/** The mode is a relic; it only stops a project that peers on Azure from a second container. */
function checkPeeringOnlyMode(reading: DraftReading): Check[] {
  const { draft, isNew, container } = reading
  const { here } = reading.snapshot
  const { name } = here.project
  const check = createCheck("peering-only-mode", { basedOn: toBasedOnPeers(here) })
  if (here.privateIpMode === false) return [check.green(`${name} isn't in peering-only mode`)]
  const others =
    draft.providerName === "AZURE" && (isNew || container !== null)
      ? here.peers.filter((peer) => peer.providerName === "AZURE" && peer.containerId !== container?.id)
      : []
  const inAnother = `${toCount(others.length, "connection")} ${others.length === 1 ? "uses" : "use"} another`
  if (here.privateIpMode === null) {
    if (others.length === 0) return []
    const says = `Couldn't read if ${name} is in peering-only mode. That mode allows Azure connections from one container, and ${inAnother}`
    return [check.unchecked(says)]
  }
  if (others.length > 0) {
    const says = `${name} is in peering-only mode: Azure connections from one container only, and ${inAnother}. Turn the mode off or choose that container`
    return [check.red(deprecatedModeCode, says)]
  }
  const says = `${name} is in peering-only mode, which peering no longer needs`
  return [check.amber(says)]
}

/** Azure has to let Atlas in before the request; a peering that worked, or the list of roles, proves that it did. */
function checkPermission(reading: DraftReading): Check[] {
  if (reading.draft.providerName !== "AZURE") return []
  const network = readNetwork(reading)
  const vnet = readValue(reading, "vnetName")
  const fix = `Assign it first, or Azure will reject the request`
  const roles = reading.known?.roles
  if (roles !== undefined) {
    const check = createCheck("cloud-permission", { field: "vnetName", basedOn: toBasedOnLookUp(roles) })
    const own = network?.providerName === "AZURE" ? { ...network, azureDirectoryId: null } : null
    const found = roles.value.find(({ role }) => own !== null && mayPeer(role, own))
    if (found !== undefined) return [check.green(`Atlas has the role ${found.role} on ${vnet}`)]
    const [other] = roles.value
    const only = other === undefined ? "" : ` that is known to allow peering, only ${other.role}`
    const says = `Atlas has no role on ${vnet}${only}. ${fix}`
    return [check.amber(says, "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")]
  }
  const projects = [reading.snapshot.here, ...reading.snapshot.otherProjects]
  const basedOn = `connections in ${toCount(projects.length, "project")}`
  const check = createCheck("cloud-permission", { field: "vnetName", basedOn })
  const peers = projects.flatMap((project) => project.peers)
  const isProven =
    network !== null && peers.some((peer) => readStatus(peer) === "AVAILABLE" && isSameNetwork(network, peer))
  if (isProven) return [check.green(`Atlas has its role on ${vnet}: another connection works`)]
  return [check.unchecked(`Atlas's role on ${vnet ?? "the VNet"} not checked. ${fix}`)]
}
