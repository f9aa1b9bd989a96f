import {
  AtlasPeer,
  Container,
  type Peering,
  type PeeringList,
  type ProviderName,
  type SessionInfo,
  type Watch,
} from "@peering-desk/shared-schemas"

export const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
export const otherProjectId = "64b1f0a27c3d5e4f8a9b0c2e"

export const projects = [
  { id: projectId, name: "payments-prod" },
  { id: otherProjectId, name: "analytics" },
]

/** Builds the session of a person, by default an administrator of everything. */
export function makeSession(access: Partial<SessionInfo["access"]> = {}, name = "Olivia Novak"): SessionInfo {
  return {
    user: { issuer: "https://id.example", subject: name.toLowerCase(), name, email: "someone@example.com" },
    personKey: `key of ${name}`,
    access: { everywhere: "administrator", projects: {}, auditor: false, ...access },
    askWhom: "the platform team",
    sessionId: "session-1",
    signedInAt: "2026-11-24T08:00:00.000Z",
    idleEndsAt: "2026-11-24T11:00:00.000Z",
    endsAt: "2026-11-24T20:00:00.000Z",
  }
}

/** Builds the access of a person with a role in one project only. */
export const inOneProject = (role: "viewer" | "requester" | "administrator") => ({
  everywhere: null,
  projects: { [projectId]: role },
})

/** The time of the tests. */
export const now = "2026-11-24T10:07:00.000Z"

export const containers = [
  Container.parse({
    providerName: "AWS",
    id: "507f1f77bcf86cd799439011",
    atlasCidrBlock: "192.168.248.0/21",
    provisioned: true,
    regionName: "US_EAST_1",
    vpcId: "vpc-05826504ffc9e17f2",
  }),
  Container.parse({
    providerName: "GCP",
    id: "507f1f77bcf86cd799439012",
    atlasCidrBlock: "10.8.0.0/18",
    provisioned: true,
    gcpProjectId: "p-atlas1234",
    networkName: "nt-atlas1234",
  }),
  Container.parse({
    providerName: "AZURE",
    id: "507f1f77bcf86cd799439013",
    atlasCidrBlock: "172.20.0.0/21",
    provisioned: true,
    region: "EUROPE_WEST",
    azureSubscriptionId: "0a1b2c3d-0000-4000-8000-000000000001",
    vnetName: "vnet_507f",
  }),
]

const peers = {
  AWS: {
    id: "1112222b3bf99403840e8934",
    containerId: "507f1f77bcf86cd799439011",
    accepterRegionName: null,
    awsAccountId: "123456789012",
    connectionId: "pcx-0f3a9188d2c41e07b",
    routeTableCidrBlock: "10.20.0.0/16",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    statusName: "PENDING_ACCEPTANCE",
  },
  GCP: {
    id: "1112222b3bf99403840e8935",
    containerId: "507f1f77bcf86cd799439012",
    gcpProjectId: "acme-analytics",
    networkName: "prod",
    status: "WAITING_FOR_USER",
  },
  AZURE: {
    id: "1112222b3bf99403840e8936",
    containerId: "507f1f77bcf86cd799439013",
    azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
    azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    resourceGroupName: "rg-crm",
    vnetName: "vnet-crm",
    status: "AVAILABLE",
  },
} as const

interface Differences {
  /** Atlas's status word. */
  status?: string
  /** Fields of the peer that differ. */
  peer?: Record<string, unknown>
  history?: Peering["history"]
  beginSeen?: boolean
  record?: Partial<typeof adopted & Pick<Peering, "broken">>
}

/** The server's record of a peering that was created elsewhere. */
export const adopted: Pick<
  Peering,
  | "origin"
  | "firstSeenAt"
  | "createdBy"
  | "createdAt"
  | "createReason"
  | "leftAvailableAt"
  | "label"
  | "steps"
> = {
  origin: "adopted",
  firstSeenAt: "2026-11-24T10:04:00.000Z",
  createdBy: null,
  createdAt: null,
  leftAvailableAt: null,
  label: null,
}

/** A connection of a cloud as the server gives it. */
export function makePeering(providerName: ProviderName, differences: Differences = {}): Peering {
  const statusField = providerName === "AWS" ? "statusName" : "status"
  const usual: Record<string, unknown> = peers[providerName]
  const status = differences.status ?? String(usual[statusField])
  const raw = { ...usual, ...differences.peer, [statusField]: status }
  const peer = AtlasPeer.parse({ ...raw, providerName })
  return {
    projectId,
    id: peer.id,
    peer,
    raw,
    history: differences.history ?? [{ status, at: "2026-11-24T10:04:00.000Z" }],
    beginSeen: differences.beginSeen ?? true,
    ...adopted,
    ...differences.record,
  }
}

/** Builds the poll state of a cloud, by default without a problem. */
export function makeWatch(providerName: ProviderName, differences: Partial<Watch> = {}): Watch {
  return { projectId, providerName, checkedAt: now, problem: null, retryAt: null, ...differences }
}

export function makeList(peerings: Peering[], watches: Watch[] = []): PeeringList {
  const all = (["AWS", "GCP", "AZURE"] as const).map(
    (name) => watches.find(({ providerName }) => providerName === name) ?? makeWatch(name),
  )
  return { projectId, lastEventId: "0a1b2c3d.7.eeeeeeee.1", peerings, watches: all }
}
