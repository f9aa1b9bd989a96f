import { describe, expect, test } from "vitest"
import { summarizePasted } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const vpcId = "vpc-0a1b2c3d"
const account = "210987654321"
const subscription = "9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a"
const tenant = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"
const vnetId = `/subscriptions/${subscription}/resourceGroups/Net-RG/providers/Microsoft.Network/virtualNetworks/hub`
const network = "https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/main"

/** Title, pasted text, and all that is read from it. */
const rows: readonly [string, string, readonly string[]][] = [
  [
    "says that a network's project is missing",
    JSON.stringify({ name: "main", autoCreateSubnetworks: false }),
    ["gcp-network GCP", "networkName=main", "- No project ID found."],
  ],
  [
    "warns of a legacy network, and of a name that contradicts the self-link",
    JSON.stringify({ kind: "compute#network", name: "old", IPv4Range: "10.240.0.0/16", selfLink: network }),
    [
      "gcp-network GCP",
      "gcpProjectId=shop-prod-1",
      "networkName=main",
      "- The network of the self-link has main, name has old. The first is used.",
      "- Legacy network (10.240.0.0/16), which can't be peered.",
    ],
  ],
  [
    "says of a peering in consensus mode that one side alone can't delete it, and which side has asked",
    JSON.stringify({
      name: "main",
      selfLink: network,
      autoCreateSubnetworks: false,
      peerings: [
        {
          name: "atlas",
          network: "https://www.googleapis.com/compute/v1/projects/p-abc/global/networks/nt-atlas",
          connectionStatus: {
            updateStrategy: "CONSENSUS",
            consensusState: { deleteStatus: "LOCAL_DELETE_REQUESTED", updateStatus: "IN_SYNC" },
          },
        },
        { name: "other", network, connectionStatus: { updateStrategy: "INDEPENDENT" } },
      ],
    }),
    [
      "gcp-network GCP",
      "gcpProjectId=shop-prod-1",
      "networkName=main",
      "- Peering atlas is in consensus mode: neither side can delete it before both have run gcloud compute networks peerings request-delete. Delete requests so far: LOCAL_DELETE_REQUESTED.",
    ],
  ],
  [
    "says of a subnet peering, and of one that is not in sync, that some addresses are not reached",
    JSON.stringify([
      {
        id: `${vnetId}/virtualNetworkPeerings/atlas`,
        name: "atlas",
        peerCompleteVnets: false,
        peeringSyncLevel: "FullyInSync",
        remoteAddressSpace: { addressPrefixes: ["10.8.0.0/21"] },
      },
      {
        id: `${vnetId}/virtualNetworkPeerings/spoke`,
        name: "spoke",
        peerCompleteVnets: true,
        peeringSyncLevel: "RemoteNotInSync",
        remoteAddressSpace: { addressPrefixes: ["10.9.0.0/16"] },
      },
    ]),
    [
      "azure-json AZURE",
      `azureSubscriptionId=${subscription}`,
      "resourceGroupName=Net-RG",
      "vnetName=hub",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
      "- Peering atlas joins some subnets only (peerCompleteVnets is false). The others don't reach the peer.",
      "- Peering spoke is not in sync (RemoteNotInSync): new addresses of a VNet don't reach the peer. Run az network vnet peering sync.",
    ],
  ],
  [
    "joins the ranges of several subnets",
    `ipCidrRange: 10.40.0.0/20\nkind: compute#subnetwork\nnetwork: ${network}\n---\nipCidrRange: 10.41.0.0/20\nkind: compute#subnetwork\nnetwork: ${network}`,
    [
      "gcp-network GCP",
      "gcpProjectId=shop-prod-1",
      "networkName=main",
      "networkBlocks=10.40.0.0/20,10.41.0.0/20",
      "- CIDRs read from the 2 subnets.",
    ],
  ],
  [
    "knows nothing in subnets without a network",
    JSON.stringify([{ ipCidrRange: "10.40.0.0/20" }]),
    ["nothing (no cloud)", "- This JSON describes no network or peering."],
  ],
  [
    "takes the network of a console address without a project",
    "https://console.cloud.google.com/networking/networks/details/main?pageTab=SUBNETS",
    ["gcp-self-link GCP", "networkName=main"],
  ],
  [
    "offers a network and a subnetwork",
    `${network}\nprojects/shop-prod-1/regions/europe-west1/subnetworks/blue`,
    [
      "gcp-self-link GCP",
      "gcpProjectId=shop-prod-1",
      "- 2 found. Choose one.",
      "> main, shop-prod-1",
      "> shop-prod-1",
    ],
  ],
  [
    "refuses a project id that is too short",
    "projects/a/global/networks/main",
    [
      "gcp-self-link GCP",
      "networkName=main",
      "- The project of the self-link skipped: a. A project ID has 6 to 30 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash.",
    ],
  ],
  [
    "says that Atlas does not run in a VNet's location",
    JSON.stringify({
      id: vnetId,
      name: "hub",
      location: "antarctica",
      addressSpace: { addressPrefixes: ["10.40.0.0/16"] },
    }),
    [
      "azure-json AZURE",
      "azureSubscriptionId=9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
      "resourceGroupName=Net-RG",
      "vnetName=hub",
      "networkBlocks=10.40.0.0/16",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
      "- VNet CIDRs: 10.40.0.0/16. The Atlas CIDR can't overlap them.",
      "- The VNet is in antarctica, where Atlas isn't available.",
    ],
  ],
  [
    "finds the address space below properties",
    JSON.stringify({
      id: vnetId,
      properties: { addressSpace: { addressPrefixes: ["10.40.0.0/16", "10.41.0.0/16"] } },
      location: "westeurope",
      tenantId: tenant,
    }),
    [
      "azure-json AZURE",
      "azureSubscriptionId=9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
      "resourceGroupName=Net-RG",
      "vnetName=hub",
      "azureDirectoryId=35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      "networkBlocks=10.40.0.0/16,10.41.0.0/16",
      "- VNet CIDRs: 10.40.0.0/16, 10.41.0.0/16. The Atlas CIDR can't overlap them.",
      "- The VNet is in westeurope (Atlas: EUROPE_WEST).",
    ],
  ],
  [
    "takes name and resource group of a VNet without an id",
    JSON.stringify({ name: "hub", resourceGroup: "net-rg", addressSpace: {} }),
    [
      "azure-json AZURE",
      "vnetName=hub",
      "resourceGroupName=net-rg",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
    ],
  ],
  [
    "takes the VNet of a subnet's id, not the subnet's name",
    JSON.stringify({ id: `${vnetId}/subnets/blue`, name: "blue", resourceGroup: "Net-RG" }),
    [
      "azure-json AZURE",
      "azureSubscriptionId=9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
      "resourceGroupName=Net-RG",
      "vnetName=hub",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
    ],
  ],
  [
    "offers each account of az account list",
    JSON.stringify([
      { id: subscription, tenantId: tenant, name: "Shop" },
      { id: tenant, tenantId: tenant },
    ]),
    [
      "azure-json AZURE",
      "azureDirectoryId=35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      "- 2 found. Choose one.",
      "> Shop",
      "> one without a name",
    ],
  ],
  [
    "says that a resource id has no VNet",
    `/subscriptions/${subscription}`,
    [
      "azure-resource-id AZURE",
      "azureSubscriptionId=9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
      "- The resource ID has no VNet.",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
    ],
  ],
  [
    "refuses the documentation's example subscription",
    `/subscriptions/g893dec2-d92e-478d-bc50-cf99d31bgeg9/resourceGroups/Net-RG/providers/Microsoft.Network/virtualNetworks/hub`,
    [
      "azure-resource-id AZURE",
      "resourceGroupName=Net-RG",
      "vnetName=hub",
      "- The subscription of the resource id skipped: g893dec2-d92e-478d-bc50-cf99d31bgeg9 is the documentation's example. Enter your own value.",
      "- No directory (tenant) ID found. az account show prints it as tenantId.",
    ],
  ],
  [
    "explains an AWS peering ID in running text",
    `Please accept pcx-0a1b2c3d for ${vpcId}`,
    [
      "text AWS",
      "vpcId=vpc-0a1b2c3d",
      "- pcx-0a1b2c3d is an AWS peering ID. Atlas assigns it after the request, so no field needs it.",
    ],
  ],
  [
    "finds a resource id in running text",
    `VNet: ${vnetId}.`,
    [
      "text AZURE",
      "azureSubscriptionId=9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
      "resourceGroupName=Net-RG",
      "vnetName=hub",
    ],
  ],
  [
    "finds a self-link in running text",
    `our network is ${network}, thanks`,
    ["text GCP", "gcpProjectId=shop-prod-1", "networkName=main"],
  ],
  [
    "leaves open which of several blocks in running text is the VPC's",
    `${vpcId}\n10.15.0.0/16\n10.16.0.0/16`,
    [
      "text AWS",
      "vpcId=vpc-0a1b2c3d",
      "? routeTableCidrBlock=10.15.0.0/16 (Line 2: 10.15.0.0/16)",
      "? routeTableCidrBlock=10.16.0.0/16 (Line 3: 10.16.0.0/16)",
    ],
  ],
  [
    "ignores a block in running text without a VPC",
    `10.15.0.0/16 and account ${account}`,
    ["text AWS", "? awsAccountId=210987654321 (Line 1: 10.15.0.0/16 and account 210987654321)"],
  ],
  [
    "offers each VPC of a running text",
    `${vpcId} and vpc-11112222 in eu-west-1`,
    [
      "text AWS",
      "? vpcId=vpc-0a1b2c3d (Line 1: vpc-0a1b2c3d and vpc-11112222 in eu-west-1)",
      "? vpcId=vpc-11112222 (Line 1: vpc-0a1b2c3d and vpc-11112222 in eu-west-1)",
      "? accepterRegionName=eu-west-1 (Line 1: vpc-0a1b2c3d and vpc-11112222 in eu-west-1)",
    ],
  ],
  [
    "finds an ARN in running text",
    `see arn:aws:ec2:eu-west-1:${account}:vpc/${vpcId}.`,
    ["text AWS", "awsAccountId=210987654321", "accepterRegionName=eu-west-1", "vpcId=vpc-0a1b2c3d"],
  ],
  [
    "keeps the first cloud of a running text that names two",
    `${vpcId} and ${network}`,
    [
      "text AWS",
      "vpcId=vpc-0a1b2c3d",
      "- The word GCP skipped: it belongs to Google Cloud, the rest to AWS.",
      "- The project of the self-link skipped: it belongs to Google Cloud, the rest to AWS.",
      "- The network of the self-link skipped: it belongs to Google Cloud, the rest to AWS.",
    ],
  ],
  [
    "leaves open which account of a running text is the VPC's",
    `accounts ${account} and 1111-2222-3333`,
    [
      "text AWS",
      "? awsAccountId=210987654321 (Line 1: accounts 210987654321 and 1111-2222-3333)",
      "? awsAccountId=111122223333 (Line 1: accounts 210987654321 and 1111-2222-3333)",
    ],
  ],
]

describe("readPasted of Google Cloud, Azure and running text", () => {
  test.each(rows)("%s", (_title, text, read) => {
    expect(summarizePasted(readPasted(text))).toEqual(read)
  })
})
