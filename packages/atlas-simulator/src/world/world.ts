import { z } from "zod"
import { customerNetworkSchema, readingRoleSchema } from "./customer/network-schema.ts"
import { policyReadings, policySchema } from "./policies.ts"

// The shapes are schemas because a data file is checked against them; the types follow from them.

/** The clouds Atlas peers with, as request and answer bodies spell them. */
export const providerNames = ["AWS", "GCP", "AZURE"] as const
export type ProviderName = (typeof providerNames)[number]

const awsTarget = z.strictObject({
  providerName: z.literal("AWS"),
  accepterRegionName: z.string(),
  awsAccountId: z.string(),
  routeTableCidrBlock: z.string(),
  vpcId: z.string(),
})
const gcpTarget = z.strictObject({
  providerName: z.literal("GCP"),
  gcpProjectId: z.string(),
  networkName: z.string(),
})
/** A virtual network on Azure. */
export const azureTargetSchema = z.strictObject({
  providerName: z.literal("AZURE"),
  azureDirectoryId: z.string(),
  azureSubscriptionId: z.string(),
  resourceGroupName: z.string(),
  vnetName: z.string(),
})
const target = z.discriminatedUnion("providerName", [awsTarget, gcpTarget, azureTargetSchema])
export type AwsTarget = z.infer<typeof awsTarget>
export type GcpTarget = z.infer<typeof gcpTarget>
export type AzureTarget = z.infer<typeof azureTargetSchema>
/** The network on the customer's side. */
export type Target = z.infer<typeof target>

/** Every status of the three clouds; `GONE` exists in the simulator only and never goes over the wire. */
const peerStatus = z.enum([
  "INITIATING",
  "PENDING_ACCEPTANCE",
  "FINALIZING",
  "TERMINATING",
  "ADDING_PEER",
  "WAITING_FOR_USER",
  "DELETING",
  "DELETION_FAILED",
  "AVAILABLE",
  "FAILED",
  "GONE",
])
export type PeerStatus = z.infer<typeof peerStatus>

const peer = z.strictObject({
  id: z.string(),
  containerId: z.string(),
  target,
  status: peerStatus,
  /** `errorStateName` on AWS, `errorMessage` on Google Cloud, `errorState` on Azure. */
  failure: z.string().nullable(),
  /** The AWS id of the peering connection (`pcx-…`), from PENDING_ACCEPTANCE on. */
  connectionId: z.string().nullable(),
  createdAt: z.number(),
  since: z.number(),
  /** Counts the starts: a PATCH can start the peering over. */
  attempt: z.number(),
  /** The transition that will happen by itself, and when (simulated milliseconds). */
  due: z.strictObject({ at: z.number(), status: peerStatus, failure: z.string().nullable() }).nullable(),
})
export type Peer = z.infer<typeof peer>

const container = z.strictObject({
  id: z.string(),
  providerName: z.enum(providerNames),
  atlasCidrBlock: z.string(),
  /** `regionName` on AWS, `region` on Azure; Google Cloud containers span regions. */
  region: z.string().nullable(),
  /** Google Cloud only, and only when the request named some. */
  regions: z.array(z.string()).nullable(),
  createdAt: z.number(),
  provisioned: z.boolean(),
  /** The moment the last peer went; the container unlocks a while later. */
  emptySince: z.number().nullable(),
})
export type Container = z.infer<typeof container>

/** A cluster's nodes in one region. */
export const clusterRegionSchema = z.strictObject({
  providerName: z.enum(providerNames),
  regionName: z.string(),
  nodes: z.number(),
})
export const clusterSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  clusterType: z.enum(["REPLICASET", "SHARDED", "GEOSHARDED"]),
  /** `M10` and larger are dedicated; `M0` and `FLEX` share machines and cannot be peered with. */
  instanceSize: z.string(),
  /** The region with the highest priority comes first. */
  regions: z.array(clusterRegionSchema).min(1),
  stateName: z.enum(["IDLE", "CREATING", "UPDATING", "DELETING", "REPAIRING"]),
  /** The moment it becomes IDLE by itself (simulated milliseconds). */
  idleAt: z.number().nullable(),
  paused: z.boolean(),
  createdAt: z.number(),
})
export type Cluster = z.infer<typeof clusterSchema>

const accessListEntry = z.strictObject({
  kind: z.enum(["ipAddress", "cidrBlock", "awsSecurityGroup"]),
  value: z.string(),
  comment: z.string(),
  /** Simulated milliseconds, or null for a permanent entry. */
  deleteAfter: z.number().nullable(),
  createdAt: z.number(),
  changedAt: z.number(),
})
export type AccessListEntry = z.infer<typeof accessListEntry>

const projectEvent = z.strictObject({
  id: z.string(),
  /** `PEER_CREATED`, `NETWORK_PERMISSION_ENTRY_ADDED`, … */
  type: z.string(),
  at: z.number(),
  /** The public key or client id of the caller; null for Atlas itself. A service account has no `apiKeyId`. */
  actor: z.strictObject({ apiKeyId: z.string().nullable(), name: z.string() }).nullable(),
  address: z.string().nullable(),
  /** The entry of the access list that it is about. */
  entry: z.string().nullable(),
})
export type ProjectEvent = z.infer<typeof projectEvent>

const project = z.strictObject({
  id: z.string(),
  orgId: z.string(),
  name: z.string(),
  createdAt: z.number(),
  privateIpMode: z.boolean(),
  /** Gives the clusters on AWS names that resolve to private addresses everywhere. */
  awsCustomDns: z.boolean(),
  /** Peers a project may have; 50 unless MongoDB raised it. */
  peerLimit: z.number(),
  hasPayment: z.boolean(),
  containers: z.array(container),
  peers: z.array(peer),
  clusters: z.array(clusterSchema),
  accessList: z.array(accessListEntry),
  /** Oldest first. */
  events: z.array(projectEvent),
})
export type Project = z.infer<typeof project>

/** The starting worlds: the demo, the documentation's project alone, the demo with a crowded project, or with the sandboxes of its scenes. */
export const scenarios = ["demo", "documentation", "crowded", "stage"] as const
export type Scenario = (typeof scenarios)[number]

/** Returns true for the name of a scenario. */
export function isScenario(text: string): text is Scenario {
  return scenarios.some((name) => name === text)
}

/** The whole simulated state; a reset replaces it. */
export const worldSchema = z.strictObject({
  scenario: z.enum(scenarios),
  projects: z.array(project),
  /** The resource policies of all organisations. */
  policies: z.array(policySchema),
  policyReading: z.enum(policyReadings),
  /** The customer's half of the clouds. */
  networks: z.array(customerNetworkSchema),
  readingRoles: z.array(readingRoleSchema),
})
export type World = z.infer<typeof worldSchema>

/** Finds a container by cloud and id: the documentation's project has one of each cloud under one id. */
export function findContainer(project: Project, providerName: ProviderName, id: string): Container | null {
  return project.containers.find((one) => one.id === id && one.providerName === providerName) ?? null
}

/** Lists the peers of a container. */
export function listPeersIn(project: Project, container: Container): Peer[] {
  return project.peers.filter(
    (peer) => peer.containerId === container.id && peer.target.providerName === container.providerName,
  )
}
