import { isScenario } from "./scenarios.ts"
import type {
  AccessListEntry,
  AwsTarget,
  AzureTarget,
  Container,
  Due,
  GcpTarget,
  Peer,
  PeerStatus,
  Project,
  ProviderName,
  World,
} from "./world.ts"

type Check = (value: unknown) => boolean

// Records, so that a name which is added to the type and forgotten here does not compile.
const statuses: Record<PeerStatus, true> = {
  INITIATING: true,
  PENDING_ACCEPTANCE: true,
  FINALIZING: true,
  TERMINATING: true,
  ADDING_PEER: true,
  WAITING_FOR_USER: true,
  DELETING: true,
  DELETION_FAILED: true,
  AVAILABLE: true,
  FAILED: true,
  GONE: true,
}
const providers: Record<ProviderName, true> = { AWS: true, GCP: true, AZURE: true }
const entryKinds: Record<AccessListEntry["kind"], true> = {
  ipAddress: true,
  cidrBlock: true,
  awsSecurityGroup: true,
}

const text: Check = (value) => typeof value === "string"
const number: Check = (value) => typeof value === "number" && Number.isFinite(value)
const flag: Check = (value) => typeof value === "boolean"
const key = (names: object): Check => {
  return (value) => typeof value === "string" && Object.hasOwn(names, value)
}
const orNull = (check: Check): Check => {
  return (value) => value === null || check(value)
}
const list = (check: Check): Check => {
  return (value) => Array.isArray(value) && value.every(check)
}
const oneOf = (...checks: Check[]): Check => {
  return (value) => checks.some((check) => check(value))
}

function shape<Shape>(fields: { [Name in keyof Shape]-?: Check }): Check {
  const entries: [string, Check][] = Object.entries(fields)
  return (value) => {
    if (typeof value !== "object" || value === null) return false
    const record = new Map<string, unknown>(Object.entries(value))
    return record.size === entries.length && entries.every(([name, check]) => check(record.get(name)))
  }
}

const target = oneOf(
  shape<AwsTarget>({
    providerName: key({ AWS: true }),
    accepterRegionName: text,
    awsAccountId: text,
    routeTableCidrBlock: text,
    vpcId: text,
  }),
  shape<GcpTarget>({ providerName: key({ GCP: true }), gcpProjectId: text, networkName: text }),
  shape<AzureTarget>({
    providerName: key({ AZURE: true }),
    azureDirectoryId: text,
    azureSubscriptionId: text,
    resourceGroupName: text,
    vnetName: text,
  }),
)

const peer = shape<Peer>({
  id: text,
  containerId: text,
  target,
  status: key(statuses),
  failure: orNull(text),
  connectionId: orNull(text),
  createdAt: number,
  since: number,
  attempt: number,
  due: orNull(shape<Due>({ at: number, status: key(statuses), failure: orNull(text) })),
})

const container = shape<Container>({
  id: text,
  providerName: key(providers),
  atlasCidrBlock: text,
  region: orNull(text),
  regions: orNull(list(text)),
  createdAt: number,
  hasCluster: flag,
  provisioned: flag,
  emptySince: orNull(number),
})

const project = shape<Project>({
  id: text,
  orgId: text,
  name: text,
  createdAt: number,
  clusterCount: number,
  privateIpMode: flag,
  peerLimit: number,
  hasPayment: flag,
  containers: list(container),
  peers: list(peer),
  accessList: list(
    shape<AccessListEntry>({
      kind: key(entryKinds),
      value: text,
      comment: text,
      deleteAfter: orNull(number),
      createdAt: number,
    }),
  ),
})

const world = shape<World>({
  scenario: (value) => typeof value === "string" && isScenario(value),
  projects: list(project),
})

/** Says whether a value is a world whole: every field there, of the right kind, and none that is not known. */
export function isWorld(value: unknown): value is World {
  return world(value)
}
