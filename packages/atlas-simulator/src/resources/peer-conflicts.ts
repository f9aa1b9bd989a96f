import { hasAzureRole } from "#world/azure-roles.ts"
import { overlaps } from "#world/cidr.ts"
import { toNetworkKey } from "#world/cloud-conflicts.ts"
import { findAzureRefusal } from "#world/simulated-failures.ts"
import type { AwsTarget, Container, Peer, PeerStatus, Project, Target } from "#world/world.ts"
import { listPeersIn } from "#world/world.ts"
import type { Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"

const pending: readonly PeerStatus[] = [
  "INITIATING",
  "PENDING_ACCEPTANCE",
  "FINALIZING",
  "ADDING_PEER",
  "WAITING_FOR_USER",
]

function checkAwsCidr(target: AwsTarget, container: Container, others: readonly Peer[]): void {
  const cidr = target.routeTableCidrBlock
  if (overlaps(cidr, container.atlasCidrBlock)) throw new AtlasError("OVERLAPPING_ATLAS_CIDR_BLOCK", [cidr])
  const isTaken = others.some(
    (peer) => peer.target.providerName === "AWS" && overlaps(cidr, peer.target.routeTableCidrBlock),
  )
  if (isTaken) throw new AtlasError("OVERLAPPING_CIDR_BLOCK", [cidr])
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

/**
 * Throws when a target cannot have a peering from this container: the network has one already (409), its CIDR overlaps
 * another (409), or Azure refuses Atlas (400, 404). `itself` is the peer being changed, if any. A network may peer
 * with several containers, as the containers of each region are separate networks.
 */
export function checkConflicts(
  project: Project,
  container: Container,
  target: Target,
  itself: Peer | null,
  { world, azureRoles }: Pick<Simulation, "world" | "azureRoles">,
): void {
  const others = listPeersIn(project, container).filter((peer) => peer !== itself)
  const key = toNetworkKey(target)
  if (others.some((peer) => toNetworkKey(peer.target) === key)) throw toDuplicateError(target)
  if (target.providerName === "AWS") checkAwsCidr(target, container, others)
  if (target.providerName !== "AZURE") return
  const refusal = findAzureRefusal(target, hasAzureRole(world(), azureRoles, target))
  if (refusal === "permission") throw new AtlasError("AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")
  if (refusal === "unreachable") throw new AtlasError("AZURE_CUSTOMER_NETWORK_UNREACHABLE")
  const isElsewhere = project.peers.some(
    (peer) => peer.target.providerName === "AZURE" && peer.containerId !== container.id,
  )
  if (project.privateIpMode && isElsewhere)
    throw new AtlasError("AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE")
}

/** Throws PEER_MAXIMUM_REACHED when the project is at its limit of peers, or of unfinished ones. */
export function checkQuota(project: Project, pendingLimit: number): void {
  if (project.peers.length >= project.peerLimit)
    throw new AtlasError("PEER_MAXIMUM_REACHED", [project.peerLimit])
  const unfinished = project.peers.filter((peer) => pending.includes(peer.status)).length
  if (unfinished >= pendingLimit) throw new AtlasError("PEER_MAXIMUM_REACHED", [pendingLimit])
}
