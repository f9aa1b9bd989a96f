import {
  Container,
  readAtlasPeer,
  type AtlasPeer,
  type CheckId,
  type PeeringDraft,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { lookedAt, toLookUp } from "./look-ups.ts"
import { toVerdict } from "#verdict/verdict.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

export const ids = {
  aws: "507f1f77bcf86cd799439011",
  awsWest: "507f1f77bcf86cd799439012",
  gcp: "507f1f77bcf86cd799439013",
  azure: "507f1f77bcf86cd799439014",
  azureEurope: "507f1f77bcf86cd799439015",
  nobody: "507f1f77bcf86cd799439099",
} as const

/** Returns a peering as Atlas lists it, with only the given fields. */
export function listedPeer(providerName: ProviderName, fields: Record<string, unknown>): AtlasPeer {
  const peer = readAtlasPeer({ id: "1a2b3c4d5e6f1a2b3c4d5e6f", ...fields }, providerName)
  if (peer === null) throw new Error("has an id")
  return peer
}

export function listedContainer(fields: Record<string, unknown>): Container {
  return Container.parse({ provisioned: true, ...fields })
}

/** A project with containers of every cloud and one connection each on AWS and Azure, in which every right draft is green or amber. */
export const payments: ProjectAddresses = {
  project: { id: "64b1f0a27c3d5e4f8a9b0c1d", name: "payments", keyMayCreate: "yes" },
  containers: [
    { id: ids.aws, providerName: "AWS", regionName: "US_EAST_1", atlasCidrBlock: "10.8.0.0/21" },
    { id: ids.awsWest, providerName: "AWS", regionName: "US_WEST_2", atlasCidrBlock: "10.8.8.0/21" },
    { id: ids.gcp, providerName: "GCP", atlasCidrBlock: "10.64.0.0/18" },
    { id: ids.azure, providerName: "AZURE", region: "US_EAST_2", atlasCidrBlock: "10.24.0.0/21" },
    { id: ids.azureEurope, providerName: "AZURE", region: "EUROPE_WEST", atlasCidrBlock: "10.24.8.0/21" },
  ].map(listedContainer),
  peers: [
    listedPeer("AWS", {
      id: "1a2b3c4d5e6f1a2b3c4d5e01",
      containerId: ids.aws,
      awsAccountId: "482913570264",
      vpcId: "vpc-0a1b2c3d",
      routeTableCidrBlock: "10.32.0.0/16",
      statusName: "AVAILABLE",
    }),
    listedPeer("AZURE", {
      id: "1a2b3c4d5e6f1a2b3c4d5e02",
      containerId: ids.azure,
      azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      resourceGroupName: "rg-hub",
      vnetName: "vnet-hub",
      status: "AVAILABLE",
    }),
  ],
  privateIpMode: false,
  readAt: "2026-11-24T12:00:00.000Z",
  problem: null,
}

export const snapshot: ProjectSnapshot = {
  here: payments,
  otherProjects: [],
  peersPerProject: 50,
  now: lookedAt,
}

/** Returns the snapshot with another state of the project. */
export function snapshotWith(here: Partial<ProjectAddresses>): ProjectSnapshot {
  return { ...snapshot, here: { ...payments, ...here } }
}

/** A right draft of each cloud, whose network has the given CIDRs and no others, and no other peerings. */
export const drafts = {
  AWS: {
    providerName: "AWS",
    request: {
      containerId: ids.aws,
      accepterRegionName: "us-east-1",
      awsAccountId: "482913570264",
      routeTableCidrBlock: "10.48.0.0/16",
      vpcId: "vpc-0a1b2c3d4e5f60718",
    },
    networkBlocks: ["10.48.0.0/16"],
  },
  GCP: {
    providerName: "GCP",
    request: { containerId: ids.gcp, gcpProjectId: "acme-payments-prod-417203", networkName: "payments-vpc" },
    networkBlocks: ["10.40.0.0/16"],
    peeredBlocks: ["none"],
  },
  AZURE: {
    providerName: "AZURE",
    request: {
      containerId: ids.azure,
      azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      resourceGroupName: "rg-payments-network",
      vnetName: "vnet-payments",
    },
    networkBlocks: ["10.41.0.0/16"],
    peeredBlocks: ["none"],
  },
} satisfies Record<ProviderName, PeeringDraft>

/** Returns a draft with a look-up of its network in which nothing is in the way. */
export function lookedUp(draft: PeeringDraft): PeeringDraft {
  return { ...draft, facts: toLookUp(draft) }
}

/** A right draft with some fields of the request filled in otherwise. */
export function draftWith(providerName: ProviderName, request: Record<string, string>): PeeringDraft {
  const { networkBlocks, request: right, ...more } = drafts[providerName]
  const { routeTableCidrBlock: block } = request
  return {
    ...more,
    request: { ...right, ...request },
    networkBlocks: block === undefined ? networkBlocks : [block],
  }
}

/** A right draft for a container that is to be made. */
export function draftForNew(
  providerName: ProviderName,
  newContainer: Partial<NonNullable<PeeringDraft["newContainer"]>> = {},
  request: Record<string, string> = {},
): PeeringDraft {
  const place = { AWS: { region: "EU_WEST_1" }, GCP: {}, AZURE: { region: "EUROPE_NORTH" } }[providerName]
  const atlasCidrBlock = providerName === "GCP" ? "10.192.0.0/18" : "10.96.0.0/21"
  return {
    ...draftWith(providerName, { ...request, containerId: "new" }),
    newContainer: { atlasCidrBlock, ...place, ...newContainer },
  }
}

/** A connection of the first AWS container with some VPC; its block is left out unless given. */
export function peerOnVpc(fields: Record<string, unknown>): AtlasPeer {
  return listedPeer("AWS", {
    containerId: ids.aws,
    awsAccountId: "719304826155",
    vpcId: "vpc-0f1e2d3c",
    ...fields,
  })
}

export function manyPeers(count: number, statusName: string): AtlasPeer[] {
  return Array.from({ length: count }, (_, index) =>
    peerOnVpc({ id: String(index).padStart(24, "0"), statusName }),
  )
}

/** The checks of one kind as `status errorCode: sentence`. */
export function told(id: CheckId, draft: PeeringDraft, of: ProjectSnapshot = snapshot): string[] {
  return toVerdict(draft, of)
    .checks.filter((check) => check.id === id)
    .map(({ status, errorCode, says }) => `${status} ${errorCode ?? "-"}: ${says}`)
}
