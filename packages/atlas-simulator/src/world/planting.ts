import type { Durations } from "./durations.ts"
import type { Identifiers } from "./identifiers.ts"
import { enter } from "./peer-lifecycle.ts"
import type { Container, Peer, PeerStatus, Project, Target } from "./world.ts"

/** The organisation all seeded projects belong to. */
export const orgId = "5f3a1c0e9b1d4a2c7e8f9012"

/** What planting needs: the moment it happens, and where ids come from. */
export type Soil = { now: number; identifiers: Identifiers; durations: Durations }

const secondsPerDay = 24 * 3600

/** Makes a project without anything in it. */
export function plantProject(soil: Soil, fields: Partial<Project> & { id: string; name: string }): Project {
  return {
    orgId,
    createdAt: soil.now - 400 * secondsPerDay * 1000,
    clusterCount: 0,
    privateIpMode: false,
    peerLimit: 50,
    hasPayment: true,
    containers: [],
    peers: [],
    accessList: [],
    ...fields,
  }
}

/** Puts a container into a project; it is as old as the project unless said otherwise. */
export function plantContainer(
  soil: Soil,
  project: Project,
  fields: Partial<Container> & Pick<Container, "providerName" | "atlasCidrBlock">,
): Container {
  const createdAt = project.createdAt + 3600_000
  const container: Container = {
    id: soil.identifiers.objectId(createdAt),
    region: null,
    regions: null,
    createdAt,
    hasCluster: false,
    provisioned: fields.hasCluster ?? false,
    emptySince: null,
    ...fields,
  }
  project.containers.push(container)
  return container
}

const startingStatuses: readonly PeerStatus[] = ["INITIATING", "ADDING_PEER"]

/** Puts a peer into a container, in a status it reached `secondsAgo`. */
export function plantPeer(
  soil: Soil,
  project: Project,
  container: Container,
  target: Target,
  state: { status: PeerStatus; secondsAgo: number; failure?: string },
): Peer {
  const since = soil.now - state.secondsAgo * 1000
  const createdAt = startingStatuses.includes(state.status) ? since : since - 3600_000
  const peer: Peer = {
    id: soil.identifiers.objectId(createdAt),
    containerId: container.id,
    target,
    status: "GONE",
    failure: null,
    connectionId: null,
    createdAt,
    since,
    attempt: 1,
    due: null,
  }
  if (target.providerName === "AWS" && !startingStatuses.includes(state.status)) {
    // Passing through the status that hands out the connection id, as a real one has.
    enter(peer, { status: "PENDING_ACCEPTANCE", at: createdAt }, soil.durations)
  }
  enter(peer, { status: state.status, at: since, failure: state.failure ?? null }, soil.durations)
  if (!startingStatuses.includes(state.status)) container.provisioned = true
  project.peers.push(peer)
  return peer
}

/** Names a network on AWS. */
export function aws(
  awsAccountId: string,
  vpcId: string,
  accepterRegionName: string,
  routeTableCidrBlock: string,
): Target {
  return { providerName: "AWS", awsAccountId, vpcId, accepterRegionName, routeTableCidrBlock }
}

/** Names a network on Google Cloud. */
export function gcp(gcpProjectId: string, networkName: string): Target {
  return { providerName: "GCP", gcpProjectId, networkName }
}

/** Names a network on Azure, all in one directory. */
export function azure(azureSubscriptionId: string, resourceGroupName: string, vnetName: string): Target {
  const azureDirectoryId = "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21"
  return { providerName: "AZURE", azureDirectoryId, azureSubscriptionId, resourceGroupName, vnetName }
}
