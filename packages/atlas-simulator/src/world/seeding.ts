import { buildCluster, listClustersIn, type NewCluster } from "./clusters.ts"
import type { Durations } from "./durations.ts"
import { derive, type Identifiers } from "./identifiers.ts"
import { enterStatus, startingStatuses } from "./peer-lifecycle.ts"
import { orgId } from "./seeded-ids.ts"
import type {
  AccessListEntry,
  Cluster,
  Container,
  Peer,
  PeerStatus,
  Project,
  ProviderName,
  Target,
} from "./world.ts"

/** The moment of seeding and the source of ids. */
export type SeedContext = { now: number; identifiers: Pick<Identifiers, "objectId">; durations: Durations }

/** A network on the other side, with the status its peer reached some seconds ago. */
export type PeerSeed = readonly [target: Target, status: PeerStatus, secondsAgo: number, failure?: string]

type ContainerSeed = Partial<Container> &
  Pick<Container, "providerName" | "atlasCidrBlock"> & { peers?: readonly PeerSeed[] }

type AccessListSeed = readonly [kind: AccessListEntry["kind"], value: string, comment: string]

type ClusterSeed = NewCluster & { secondsAgo?: number }

export type ProjectSeed = Partial<
  Omit<Project, "containers" | "peers" | "clusters" | "accessList" | "events">
> &
  Pick<Project, "id" | "name"> & {
    containers?: readonly ContainerSeed[]
    clusters?: readonly ClusterSeed[]
    accessList?: readonly AccessListSeed[]
  }

const hourMs = 3600_000

/** Builds a project from its seed. Ids follow the order of clouds, and within a cloud containers precede peers. */
export function seedProject(context: SeedContext, seed: ProjectSeed): Project {
  const { containers = [], clusters = [], accessList = [], ...fields } = seed
  const createdAt = context.now - 400 * 24 * hourMs
  const project: Project = {
    orgId,
    createdAt,
    privateIpMode: false,
    awsCustomDns: false,
    peerLimit: 50,
    hasPayment: true,
    containers: [],
    peers: [],
    clusters: clusters.map((cluster) => seedCluster(context, seed.id, cluster)),
    events: [],
    accessList: accessList.map(([kind, value, comment]) => ({
      kind,
      value,
      comment,
      deleteAfter: null,
      createdAt,
      changedAt: createdAt,
    })),
    ...fields,
  }
  for (const providerName of new Set(containers.map((container) => container.providerName))) {
    const seeded = containers
      .filter((container) => container.providerName === providerName)
      .map(({ peers = [], ...fields }) => ({ container: seedContainer(context, project, fields), peers }))
    for (const { container, peers } of seeded) {
      for (const peer of peers) project.peers.push(seedPeer(context, container, peer))
    }
  }
  return project
}

function seedContainer(
  context: SeedContext,
  project: Project,
  fields: Omit<ContainerSeed, "peers">,
): Container {
  const createdAt = project.createdAt + hourMs
  const container = {
    id: context.identifiers.objectId(createdAt),
    region: null,
    regions: null,
    createdAt,
    provisioned: false,
    emptySince: null,
    ...fields,
  }
  container.provisioned = listClustersIn(project, container).length > 0
  project.containers.push(container)
  return container
}

/** Derives the id from the name, so a new cluster in a seed leaves the ids of peers and containers as they were. */
function seedCluster(context: SeedContext, projectId: string, seed: ClusterSeed): Cluster {
  const { secondsAgo = 300 * 24 * 3600, ...fields } = seed
  const id = derive(`${projectId}/cluster/${seed.name}`, 24)
  return buildCluster({ ...fields, id, createdAt: context.now - secondsAgo * 1000 }, context.durations)
}

function seedPeer(context: SeedContext, container: Container, seed: PeerSeed): Peer {
  const [target, status, secondsAgo, failure = null] = seed
  const isStarting = startingStatuses.includes(status)
  const since = context.now - secondsAgo * 1000
  const createdAt = isStarting ? since : since - hourMs
  const peer: Peer = {
    id: context.identifiers.objectId(createdAt),
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
  if (target.providerName === "AWS" && !isStarting) {
    // PENDING_ACCEPTANCE hands out the connection id, so a later status has passed through it.
    enterStatus(peer, { status: "PENDING_ACCEPTANCE", at: createdAt }, context.durations)
  }
  enterStatus(peer, { status, at: since, failure }, context.durations)
  if (!isStarting) container.provisioned = true
  return peer
}

/** Names a cluster's nodes in one region. */
export function nodesIn(
  providerName: ProviderName,
  regionName: string,
  nodes = 3,
): Cluster["regions"][number] {
  return { providerName, regionName, nodes }
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
