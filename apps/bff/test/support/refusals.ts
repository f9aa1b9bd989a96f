import { seededIds } from "@peering-desk/atlas-simulator"
import {
  draft,
  draftForNew,
  draftIn,
  fillWithUnfinished,
  wrongContainer,
  wrongField,
  type RefusalCase,
} from "./refusal-cases.ts"

const { analytics, documentationProject, emptySandbox, payments, peeringOnly } = seededIds
const nobodysId = "0123456789abcdef01234567"
const account = "482913570264"
const subscription = "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42"
const deprecatedMode = "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"

/** One case for each code with which a check can be red. */
export const refusalCases: readonly RefusalCase[] = [
  wrongField("INVALID_ATTRIBUTE", "AWS", { vpcId: "subnet-0a1b2c3d" }),
  wrongField("INVALID_ATTRIBUTE", "AWS", { vpcId: "vpc-0A1B2C3D" }),
  wrongField("INVALID_ATTRIBUTE", "AWS", { awsAccountId: "4829-1357-0264" }),
  wrongField("INVALID_ATTRIBUTE", "AWS", { containerId: "pcx-0a1b2c3d4e5f60718" }),
  wrongField("INVALID_ATTRIBUTE", "GCP", {
    containerId: Buffer.from(`container_id:${nobodysId}`).toString("base64"),
  }),
  wrongField("INVALID_ATTRIBUTE", "GCP", { gcpProjectId: "417203" }),
  wrongField("INVALID_ATTRIBUTE", "GCP", { networkName: "projects/x/global/networks/default" }),
  wrongField("INVALID_ATTRIBUTE", "AZURE", { azureDirectoryId: "acme.example" }),
  wrongField("INVALID_ATTRIBUTE", "AZURE", { azureSubscriptionId: `/subscriptions/${subscription}` }),
  wrongField("INVALID_ATTRIBUTE", "AZURE", { vnetName: "vnet payments" }),
  wrongField("INVALID_REGION", "AWS", { accepterRegionName: "US_EAST_1" }),
  wrongField("INVALID_CIDR_BLOCK", "AWS", { routeTableCidrBlock: "10.50.0.0" }),
  wrongField("INVALID_ROUTE_TABLE_CIDR", "AWS", { routeTableCidrBlock: "8.8.0.0/16" }),
  wrongField(null, "AWS", { awsAccountId: "abc123abc123" }),
  wrongField(null, "AWS", { routeTableCidrBlock: "10.50.3.0/16" }),
  wrongContainer("fields", "INVALID_ENUM_VALUE", "AWS", {
    atlasCidrBlock: "10.8.0.0/21",
    region: "eu-west-1",
  }),
  wrongContainer("fields", "INVALID_ENUM_VALUE", "GCP", {
    atlasCidrBlock: "10.8.0.0/24",
    regions: ["us-central1"],
  }),
  wrongContainer("fields", "INVALID_CIDR_BLOCK", "GCP", { atlasCidrBlock: "10.0.0.0" }),
  wrongContainer("fields", "ATLAS_INVALID_CIDR_RANGE", "AWS", {
    atlasCidrBlock: "11.8.0.0/21",
    region: "EU_WEST_1",
  }),
  wrongContainer("fields", "ATLAS_NON_CANONICAL_CIDR_BLOCK", "AZURE", {
    atlasCidrBlock: "10.8.1.0/21",
    region: "EUROPE_WEST",
  }),
  wrongContainer("container-region", "REGION_UNAVAILABLE", "AWS", {
    atlasCidrBlock: "10.8.0.0/21",
    region: "CN_NORTH_1",
  }),
  wrongContainer("container-region", "REGION_UNAVAILABLE", "AZURE", {
    atlasCidrBlock: "10.8.0.0/21",
    region: "CHINA_EAST",
  }),
  wrongContainer("container-size", "ATLAS_INVALID_CIDR_BLOCK", "AWS", {
    atlasCidrBlock: "10.8.0.0/20",
    region: "EU_WEST_1",
  }),
  wrongContainer("container-size", "ATLAS_INVALID_CIDR_BLOCK", "AZURE", {
    atlasCidrBlock: "10.8.0.0/25",
    region: "EUROPE_WEST",
  }),
  wrongContainer("container-size", "ATLAS_INVALID_CIDR_BLOCK", "GCP", { atlasCidrBlock: "10.8.0.0/21" }),
  wrongContainer("container-size", "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", "GCP", {
    atlasCidrBlock: "10.8.0.0/24",
    regions: ["CENTRAL_US", "US_EAST_4"],
  }),
  wrongContainer("container-size", "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", "GCP", {
    atlasCidrBlock: "10.64.0.0/18",
    regions: ["CENTRAL_US"],
  }),
  {
    what: "a container that nobody has",
    id: "container",
    errorCode: "CLOUD_PROVIDER_CONTAINER_NOT_FOUND",
    projectId: documentationProject,
    draft: draft("AWS", { containerId: nobodysId }),
  },
  {
    what: "a container of another cloud",
    id: "container",
    errorCode: "CLOUD_PROVIDER_CONTAINER_NOT_FOUND",
    projectId: payments,
    draft: (simulator) => {
      const { containerId = "" } = draftIn(payments, "GCP", null, {})(simulator).request
      return draft("AWS", { containerId })
    },
  },
  {
    what: "a container of another project",
    id: "container",
    errorCode: "CLOUD_PROVIDER_CONTAINER_NOT_FOUND",
    projectId: payments,
    draft: draft("AWS"),
  },
  {
    what: "a new container over another",
    id: "container-overlap",
    errorCode: "OVERLAPPING_ATLAS_CIDR_BLOCK",
    projectId: documentationProject,
    draft: draftForNew("AWS", { atlasCidrBlock: "10.8.4.0/22", region: "EU_WEST_1" }),
  },
  {
    what: "a second container in a region",
    id: "container-is-the-only-one",
    errorCode: "CONTAINER_ALREADY_EXISTS",
    projectId: documentationProject,
    draft: draftForNew("AZURE", { atlasCidrBlock: "10.72.0.0/21", region: "US_EAST_2" }),
  },
  {
    what: "a second container on Google Cloud",
    id: "container-is-the-only-one",
    errorCode: "CONTAINER_ALREADY_EXISTS",
    projectId: documentationProject,
    draft: draftForNew("GCP", { atlasCidrBlock: "10.64.0.0/18" }),
  },
  {
    what: "a VPC over its container",
    id: "overlap-with-container",
    errorCode: "OVERLAPPING_ATLAS_CIDR_BLOCK",
    projectId: documentationProject,
    draft: draft("AWS", { routeTableCidrBlock: "10.8.0.0/16" }),
  },
  {
    what: "a VPC over the container that is made for it",
    id: "overlap-with-container",
    errorCode: "OVERLAPPING_ATLAS_CIDR_BLOCK",
    projectId: emptySandbox,
    draft: draftForNew("AWS", { atlasCidrBlock: "10.50.8.0/21", region: "EU_WEST_1" }),
  },
  {
    what: "a VPC with a further block over its container",
    id: "overlap-with-container",
    errorCode: null,
    projectId: documentationProject,
    draft: { ...draft("AWS"), networkBlocks: ["10.8.0.0/16"] },
  },
  {
    what: "a VPC over another that is peered",
    id: "overlap-with-peer",
    errorCode: "OVERLAPPING_CIDR_BLOCK",
    projectId: payments,
    draft: draftIn(payments, "AWS", "US_EAST_1", {
      vpcId: "vpc-0f0f0f0f",
      routeTableCidrBlock: "10.15.4.0/24",
    }),
  },
  {
    what: "a VNet that another project peers with the same CIDR",
    id: "overlap-with-other-container",
    errorCode: null,
    projectId: emptySandbox,
    draft: draftForNew(
      "AZURE",
      { atlasCidrBlock: "10.60.0.0/21", region: "EUROPE_WEST" },
      {
        azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
        azureSubscriptionId: subscription,
        resourceGroupName: "rg-legacy",
        vnetName: "vnet-legacy",
      },
    ),
  },
  {
    what: "a VNet that is peered with a hub over its container",
    id: "overlap-with-other-network",
    errorCode: null,
    projectId: documentationProject,
    draft: { ...draft("AZURE"), peeredBlocks: ["10.0.0.0/8"] },
  },
  {
    what: "the network of Atlas's own container",
    id: "atlas-network",
    errorCode: null,
    projectId: documentationProject,
    draft: draft("GCP", {
      gcpProjectId: "p-7x0h9wqzk4n5b2m8v6c3d1fa",
      networkName: `nt-${seededIds.documentationContainer}-4k2m9x7q`,
    }),
  },
  {
    what: "a VPC that another project peers with another account",
    id: "known-network",
    errorCode: null,
    projectId: documentationProject,
    draft: draft("AWS", { vpcId: "vpc-0d2e4f6081a3c5e79", accepterRegionName: "eu-west-1" }),
  },
  {
    what: "a VPC that is peered",
    id: "duplicate",
    errorCode: "PEER_ALREADY_EXISTS",
    projectId: payments,
    draft: draftIn(payments, "AWS", "US_EAST_1", { awsAccountId: account, vpcId: "vpc-7b64b41e" }),
  },
  {
    what: "a Google Cloud network that is peered",
    id: "duplicate",
    errorCode: "PEER_ALREADY_EXISTS_GCP",
    projectId: payments,
    draft: draftIn(payments, "GCP", null, {
      gcpProjectId: "acme-shared-net-208841",
      networkName: "shared-core",
    }),
  },
  {
    what: "a VNet that is peered, in capitals",
    id: "duplicate",
    errorCode: "PEER_ALREADY_EXISTS_AZURE",
    projectId: payments,
    draft: draftIn(payments, "AZURE", "US_EAST_2", {
      azureSubscriptionId: subscription,
      vnetName: "VNET-SETTLEMENT",
    }),
  },
  {
    what: "a project that is full",
    id: "quota",
    errorCode: "PEER_MAXIMUM_REACHED",
    projectId: payments,
    simulator: { peerLimit: 18 },
    draft: draftIn(payments, "GCP", null, { networkName: "one-more" }),
  },
  {
    what: "a project with too many unfinished connections",
    id: "quota-pending",
    errorCode: "PEER_MAXIMUM_REACHED",
    projectId: documentationProject,
    prepare: fillWithUnfinished,
    draft: draft("GCP"),
  },
  {
    what: "a key that may only read",
    id: "key-rights",
    errorCode: "USER_UNAUTHORIZED",
    projectId: documentationProject,
    key: "simreads",
    draft: draft("AWS"),
  },
  {
    what: "a new container with a key that may only peer",
    id: "key-rights",
    errorCode: "USER_UNAUTHORIZED",
    projectId: analytics,
    key: "simpeers",
    draft: draftForNew("AWS", { atlasCidrBlock: "10.72.0.0/21", region: "EU_WEST_1" }),
  },
  {
    what: "a second Azure region in peering-only mode",
    id: "peering-only-mode",
    errorCode: deprecatedMode,
    projectId: peeringOnly,
    draft: draftIn(peeringOnly, "AZURE", "EUROPE_NORTH", {}),
  },
  {
    what: "a new Azure container in peering-only mode",
    id: "peering-only-mode",
    errorCode: deprecatedMode,
    projectId: peeringOnly,
    draft: draftForNew("AZURE", { atlasCidrBlock: "10.72.0.0/21", region: "EUROPE_WEST" }),
  },
  {
    what: "a network in a project in which a policy forbids every peering",
    id: "policies",
    errorCode: "ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED",
    projectId: documentationProject,
    policy: `forbid (principal, action == ResourcePolicy::Action::"project.vpcPeering.modify", resource);`,
    draft: draft("GCP"),
  },
]
