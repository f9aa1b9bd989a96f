import { overlaps } from "./cidr.ts"
import { azureOverlapText } from "./simulated-failures.ts"
import type {
  AwsTarget,
  AzureTarget,
  Container,
  GcpTarget,
  Peer,
  PeerStatus,
  Project,
  Target,
} from "./world.ts"
import { findContainer, listPeersIn } from "./world.ts"

/** What names a network in its cloud. */
export type NetworkIds =
  | Pick<AwsTarget, "providerName" | "awsAccountId" | "vpcId">
  | GcpTarget
  | Pick<AzureTarget, "providerName" | "azureSubscriptionId" | "resourceGroupName" | "vnetName">

/** Builds a text that is equal for targets that name the same network; Azure's names ignore case. */
export function toNetworkKey(target: NetworkIds): string {
  switch (target.providerName) {
    case "AWS":
      return `AWS ${target.awsAccountId} ${target.vpcId}`
    case "GCP":
      return `GCP ${target.gcpProjectId} ${target.networkName}`
    case "AZURE":
      return `AZURE ${target.azureSubscriptionId} ${target.resourceGroupName} ${target.vnetName}`.toLowerCase()
  }
}

/** Returns the addresses of a network: its name may end with them, as `vnet-hub-10-24-0-0-16`. */
function readNamedCidr(target: Target): string | null {
  const name =
    target.providerName === "GCP" ? target.networkName : "vnetName" in target ? target.vnetName : ""
  const [, address, prefix] = /-(\d{1,3}(?:-\d{1,3}){3})-(\d{1,2})$/.exec(name) ?? []
  return address === undefined ? null : `${address.replaceAll("-", ".")}/${prefix}`
}

/**
 * The statuses in which a peering exists in its cloud. On Google Cloud both sides have to make it; on Azure one that
 * could not be deleted remains.
 */
const existing: Readonly<Record<"AZURE" | "GCP", readonly PeerStatus[]>> = {
  AZURE: ["ADDING_PEER", "AVAILABLE", "DELETING", "DELETION_FAILED"],
  GCP: ["AVAILABLE"],
}

/** Lists the other containers that the network is peered with, in every project. */
function listPeeredContainers(projects: readonly Project[], { id, target }: Peer): Container[] {
  if (target.providerName === "AWS") return []
  const key = toNetworkKey(target)
  const exists = existing[target.providerName]
  return projects.flatMap((project) =>
    project.peers
      .filter(
        (other) => other.id !== id && toNetworkKey(other.target) === key && exists.includes(other.status),
      )
      .flatMap((other) => findContainer(project, target.providerName, other.containerId) ?? []),
  )
}

/** Lists the addresses of the other networks of a container. */
function listNeighbours(project: Project, container: Container, { id, target }: Peer): string[] {
  if (target.providerName === "AWS") return []
  const exists = existing[target.providerName]
  return listPeersIn(project, container)
    .filter((other) => other.id !== id && exists.includes(other.status))
    .flatMap((other) => readNamedCidr(other.target) ?? [])
}

/**
 * Returns the error with which Azure or Google Cloud refuses a peering that overlaps one of the network's or of the
 * container's, or null. AWS compares only the two ends (VPC peering basics; Azure: virtual network peering; Google
 * Cloud: VPC Network Peering, overlapping subnets).
 */
export function findCloudConflict(projects: readonly Project[], project: Project, peer: Peer): string | null {
  const { target } = peer
  const container = findContainer(project, target.providerName, peer.containerId)
  if (container === null || target.providerName === "AWS") return null
  const own = container.atlasCidrBlock
  const cidr = readNamedCidr(target)
  const peered = listPeeredContainers(projects, peer).find((other) => overlaps(other.atlasCidrBlock, own))
  const neighbour =
    cidr === null
      ? undefined
      : listNeighbours(project, container, peer).find((other) => overlaps(other, cidr))
  const isWithin = cidr !== null && overlaps(cidr, own)
  if (target.providerName === "GCP") {
    const overlapping = isWithin ? cidr : (peered?.atlasCidrBlock ?? neighbour)
    return overlapping === undefined
      ? null
      : `An IP range in the peer network (${own}) overlaps with an IP range in the local network (${overlapping}) allocated by resource (${target.networkName}).`
  }
  if (isWithin)
    return `VnetAddressSpacesOverlap: the virtual networks cannot be peered because their address spaces overlap. Overlapping address prefixes: ${cidr}, ${own}.`
  if (peered !== undefined)
    return `VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: the address space of the first virtual network overlaps one that is already peered with the second virtual network. Overlapping address prefixes: ${own}, ${peered.atlasCidrBlock}.`
  return neighbour === undefined ? null : azureOverlapText
}
