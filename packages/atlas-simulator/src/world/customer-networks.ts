import { toAtlasNetwork, toAtlasSubscription } from "./atlas-network.ts"
import { toNetworkKey } from "./cloud-conflicts.ts"
import type { CustomerNetwork } from "./customer/network-schema.ts"
import { derive } from "./identifiers.ts"
import { findContainer, type Container, type Peer, type Project, type Target, type World } from "./world.ts"

/** A peering with Atlas as the network's owner sees it in the cloud. */
export type NetworkPeering = {
  /** `pcx-…` on AWS, else the name of the owner's half. */
  id: string
  /** As the cloud spells it: `pending-acceptance`, `ACTIVE`, `Connected`. */
  state: string
  /** Atlas's end: account, project or subscription, its network, its region on AWS as `us-east-1`, and its CIDR. */
  atlas: { account: string; network: string; region: string | null; cidr: string }
  peer: Peer
  container: Container
}

/** Lists the peerings of a network, which follow from Atlas's peers. */
export function listNetworkPeerings(projects: World["projects"], network: CustomerNetwork): NetworkPeering[] {
  return projects.flatMap((project) =>
    project.peers.flatMap((peer) => {
      const container = findContainer(project, peer.target.providerName, peer.containerId)
      return container !== null && isAbout(peer.target, network) ? toPeering(project, peer, container) : []
    }),
  )
}

/** A VPC is found in the region alone that the request names. */
function isAbout(target: Target, network: CustomerNetwork): boolean {
  if (toNetworkKey(target) !== toNetworkKey(network)) return false
  return target.providerName !== "AWS" || network.providerName !== "AWS"
    ? true
    : target.accepterRegionName === network.region
}

function toPeering(project: Project, peer: Peer, container: Container): NetworkPeering[] {
  const { connectionId, target } = peer
  const names = toAtlasNetwork(container)
  const nameOf = (field: string) => names[field] ?? ""
  const cidr = container.atlasCidrBlock
  const region = null
  switch (target.providerName) {
    case "AWS": {
      const state = toAwsState(peer)
      if (connectionId === null || state === null) return []
      const account = derive(`${project.id}/aws`, 12, "0123456789")
      const awsRegion = (container.region ?? "").toLowerCase().replaceAll("_", "-")
      const atlas = { account, network: nameOf("vpcId"), region: awsRegion, cidr }
      return [{ id: connectionId, state, atlas, peer, container }]
    }
    case "GCP": {
      const state = toGcpState(peer)
      if (state === null) return []
      const atlas = { account: nameOf("gcpProjectId"), network: nameOf("networkName"), region, cidr }
      return [{ id: `to-atlas-${container.id.slice(-6)}`, state, atlas, peer, container }]
    }
    case "AZURE": {
      const state = {
        ADDING_PEER: "Initiated",
        AVAILABLE: "Connected",
        DELETING: "Connected",
        DELETION_FAILED: "Disconnected",
      }[peer.status as string]
      if (state === undefined) return []
      const account = toAtlasSubscription(project.orgId)
      const atlas = { account, network: nameOf("vnetName"), region, cidr }
      return [{ id: `to-atlas-${container.id.slice(-6)}`, state, atlas, peer, container }]
    }
  }
}

/** Returns AWS's code for a peering; null for one that AWS doesn't have. */
function toAwsState({ status, failure }: Peer): string | null {
  switch (status) {
    case "PENDING_ACCEPTANCE":
      return "pending-acceptance"
    case "FINALIZING":
    case "AVAILABLE":
      return "active"
    case "TERMINATING":
      return "deleting"
    case "FAILED":
      return failure === "EXPIRED" ? "expired" : failure === "REJECTED" ? "rejected" : "failed"
    default:
      return null
  }
}

/** Returns Google Cloud's state of the owner's half; null while there is none. */
function toGcpState({ status, due }: Peer): string | null {
  switch (status) {
    case "AVAILABLE":
      return "ACTIVE"
    case "WAITING_FOR_USER":
      // Atlas makes its half; the owner has one once the owner made it.
      return due === null ? null : "ACTIVE"
    case "DELETING":
      return "INACTIVE"
    default:
      return null
  }
}

/** Tells if a route of a network leads nowhere: its peering isn't active, as AWS says `blackhole`. */
export function isBlackhole(projects: World["projects"], network: CustomerNetwork, target: string): boolean {
  return (
    target.startsWith("pcx-") &&
    !listNetworkPeerings(projects, network).some(({ id, state }) => id === target && state === "active")
  )
}

/**
 * Finds a network by its id or name, or by its whole key where another account has the same name.
 * Throws RangeError when there is none, or more than one.
 */
export function findNetwork({ networks }: World, name: string): CustomerNetwork {
  const found = networks.filter((one) =>
    [toNetworkName(one), toNetworkKey(one)].some((own) => own.toLowerCase() === name.toLowerCase()),
  )
  const [network, other] = found
  if (network === undefined) throw new RangeError(`there is no network ${name}`)
  if (other !== undefined)
    throw new RangeError(`several networks are called ${name}: ${found.map(toNetworkKey).join("; ")}`)
  return network
}

/** Returns the id or name of a network within its account. */
export function toNetworkName(network: CustomerNetwork): string {
  switch (network.providerName) {
    case "AWS":
      return network.vpcId
    case "GCP":
      return network.networkName
    case "AZURE":
      return network.vnetName
  }
}

/** Puts a network into the world in place of the one with the same ids. */
export function putNetwork(world: World, network: CustomerNetwork): void {
  const key = toNetworkKey(network)
  world.networks = [...world.networks.filter((one) => toNetworkKey(one) !== key), network]
}
