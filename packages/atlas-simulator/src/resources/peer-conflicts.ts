import { overlaps, parseCidr } from "#world/cidr.ts"
import { AtlasError } from "./errors.ts"
import { foreseeAzureRefusal } from "#world/marked-inputs.ts"
import type { AwsTarget, Container, Peer, PeerStatus, Project, Target } from "#world/world.ts"
import { peersIn } from "#world/world.ts"

const pending: readonly PeerStatus[] = [
  "INITIATING",
  "PENDING_ACCEPTANCE",
  "FINALIZING",
  "ADDING_PEER",
  "WAITING_FOR_USER",
]

function checkAwsCidr(target: AwsTarget, container: Container, others: readonly Peer[]): void {
  const block = parseCidr(target.routeTableCidrBlock)
  const meets = (text: string) => {
    const other = parseCidr(text)
    return block !== null && other !== null && overlaps(block, other)
  }
  if (meets(container.atlasCidrBlock)) {
    throw new AtlasError("OVERLAPPING_ATLAS_CIDR_BLOCK", [target.routeTableCidrBlock])
  }
  if (others.some((peer) => peer.target.providerName === "AWS" && meets(peer.target.routeTableCidrBlock))) {
    throw new AtlasError("OVERLAPPING_CIDR_BLOCK", [target.routeTableCidrBlock])
  }
}

function toDuplicateError(target: Target): AtlasError {
  switch (target.providerName) {
    case "AWS":
      return new AtlasError("PEER_ALREADY_EXISTS", [target.awsAccountId, target.vpcId])
    case "GCP":
      return new AtlasError("PEER_ALREADY_EXISTS_GCP", [target.gcpProjectId, target.networkName])
    case "AZURE":
      return new AtlasError("PEER_ALREADY_EXISTS_AZURE", [target.azureSubscriptionId, target.vnetName])
  }
}

function isSameNetwork(a: Target, b: Target): boolean {
  switch (a.providerName) {
    case "AWS":
      return b.providerName === "AWS" && a.awsAccountId === b.awsAccountId && a.vpcId === b.vpcId
    case "GCP":
      return b.providerName === "GCP" && a.gcpProjectId === b.gcpProjectId && a.networkName === b.networkName
    case "AZURE":
      return (
        b.providerName === "AZURE" &&
        a.azureSubscriptionId.toLowerCase() === b.azureSubscriptionId.toLowerCase() &&
        a.resourceGroupName.toLowerCase() === b.resourceGroupName.toLowerCase() &&
        a.vnetName.toLowerCase() === b.vnetName.toLowerCase()
      )
  }
}

/**
 * Throws when a target cannot have a peering from this container: the same network is peered already (409), its CIDR
 * meets another (409), or Azure refuses Atlas (400, 404). `itself` is the peer being changed, if any. A network may
 * be peered with several containers, as the containers of each region are networks of their own.
 */
export function checkConflicts(
  project: Project,
  container: Container,
  target: Target,
  itself: Peer | null,
): void {
  const others = peersIn(project, container).filter((peer) => peer !== itself)
  if (others.some((peer) => isSameNetwork(target, peer.target))) throw toDuplicateError(target)
  if (target.providerName === "AWS") checkAwsCidr(target, container, others)
  if (target.providerName !== "AZURE") return
  const refusal = foreseeAzureRefusal(target)
  if (refusal === "permission") throw new AtlasError("AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")
  if (refusal === "unreachable") throw new AtlasError("AZURE_CUSTOMER_NETWORK_UNREACHABLE")
  const elsewhere = project.peers.some(
    (peer) => peer.target.providerName === "AZURE" && peer.containerId !== container.id,
  )
  if (project.privateIpMode && elsewhere) {
    throw new AtlasError("AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE")
  }
}

/** Throws PEER_MAXIMUM_REACHED when the project has as many peers, or as many unfinished ones, as it may have. */
export function checkQuota(project: Project, pendingLimit: number): void {
  if (project.peers.length >= project.peerLimit)
    throw new AtlasError("PEER_MAXIMUM_REACHED", [project.peerLimit])
  const unfinished = project.peers.filter((peer) => pending.includes(peer.status)).length
  if (unfinished >= pendingLimit) throw new AtlasError("PEER_MAXIMUM_REACHED", [pendingLimit])
}
