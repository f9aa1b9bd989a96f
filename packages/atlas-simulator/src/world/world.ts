/** The clouds Atlas peers with, as request and answer bodies spell them. */
export const providerNames = ["AWS", "GCP", "AZURE"] as const
export type ProviderName = (typeof providerNames)[number]

/** The network on the customer's side, by cloud. */
export type AwsTarget = {
  providerName: "AWS"
  accepterRegionName: string
  awsAccountId: string
  routeTableCidrBlock: string
  vpcId: string
}
export type GcpTarget = { providerName: "GCP"; gcpProjectId: string; networkName: string }
export type AzureTarget = {
  providerName: "AZURE"
  azureDirectoryId: string
  azureSubscriptionId: string
  resourceGroupName: string
  vnetName: string
}
export type Target = AwsTarget | GcpTarget | AzureTarget

/** Every status of the three clouds; `GONE` is ours and never goes over the wire. */
export type PeerStatus =
  | "INITIATING"
  | "PENDING_ACCEPTANCE"
  | "FINALIZING"
  | "TERMINATING"
  | "ADDING_PEER"
  | "WAITING_FOR_USER"
  | "DELETING"
  | "DELETION_FAILED"
  | "AVAILABLE"
  | "FAILED"
  | "GONE"

/** The transition that will happen by itself, and when (simulated milliseconds). */
export type Due = { at: number; status: PeerStatus; failure: string | null }

export type Peer = {
  id: string
  containerId: string
  target: Target
  status: PeerStatus
  /** `errorStateName` on AWS, `errorMessage` on Google Cloud, `errorState` on Azure. */
  failure: string | null
  /** The AWS id of the peering connection (`pcx-…`), from PENDING_ACCEPTANCE on. */
  connectionId: string | null
  createdAt: number
  since: number
  /** Raised when a PATCH starts the connection anew. */
  attempt: number
  due: Due | null
}

export type Container = {
  id: string
  providerName: ProviderName
  atlasCidrBlock: string
  /** `regionName` on AWS, `region` on Azure; Google Cloud containers span regions. */
  region: string | null
  /** Google Cloud only, and only when it was given. */
  regions: readonly string[] | null
  createdAt: number
  /** An M10+ cluster lives here, so that it stays provisioned whatever becomes of its peers. */
  hasCluster: boolean
  provisioned: boolean
  /** When the last peer went; the container unlocks a while after. */
  emptySince: number | null
}

export type AccessListEntry = {
  kind: "ipAddress" | "cidrBlock" | "awsSecurityGroup"
  value: string
  comment: string
  /** Simulated milliseconds, or null for an entry that stays. */
  deleteAfter: number | null
  createdAt: number
}

export type Project = {
  id: string
  orgId: string
  name: string
  createdAt: number
  clusterCount: number
  privateIpMode: boolean
  /** Peers a project may have; 50 unless MongoDB raised it. */
  peerLimit: number
  hasPayment: boolean
  containers: Container[]
  peers: Peer[]
  accessList: AccessListEntry[]
}

/** Everything the stand-in knows, replaced as a whole by a reset. */
export type World = { scenario: string; projects: Project[] }

/** Finds a container by cloud and id: the seeded documentation project has one of each cloud under one id. */
export function findContainer(project: Project, providerName: ProviderName, id: string): Container | null {
  return (
    project.containers.find((container) => container.id === id && container.providerName === providerName) ??
    null
  )
}

/** Lists the peers that live in a container. */
export function peersIn(project: Project, container: Container): Peer[] {
  return project.peers.filter(
    (peer) => peer.containerId === container.id && peer.target.providerName === container.providerName,
  )
}
