import type { RequestField } from "#paste/pasted.ts"

/** All that a person would expect in the form from one file of this folder; nothing else may be filled in. */
export interface Expected extends Partial<Record<RequestField, string>> {
  /** The network's other CIDRs, comma-separated. */
  networkBlocks?: string
  peeredBlocks?: string
  atlasCidrBlock?: string
  /** On Google Cloud several, comma-separated. */
  region?: string
  /** The choice of several that has these values. */
  choose?: string
  /** Fields that the text has several values for, which the person is asked for. */
  open?: Partial<Record<RequestField, string>>
  /** Words of the note that says why nothing, or not all, is filled in. */
  says?: string
}

const vpc = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  awsAccountId: "210987654321",
  routeTableCidrBlock: "10.32.0.0/16",
}
const vpcInRegion = { ...vpc, accepterRegionName: "eu-west-1" }
/** The list of all its blocks shows that there are no others. */
const whole = { ...vpc, networkBlocks: "10.32.0.0/16" }
const secondary = { ...vpc, networkBlocks: "10.33.0.0/16" }
const ofThree = { ...secondary, choose: "vpc-0a1b2c3d4e5f60718, payments prod, 10.32.0.0/16" }
const created = {
  ...vpc,
  vpcId: "vpc-0c4c4c4c4c4c4c4c4",
  routeTableCidrBlock: "10.40.0.0/16",
  networkBlocks: "10.40.0.0/16",
}
const ofSubnet = {
  vpcId: vpc.vpcId,
  awsAccountId: vpc.awsAccountId,
  accepterRegionName: "eu-west-1",
  says: "Subnet CIDRs skipped: 10.32.1.0/24",
}
const accepter = { ...vpcInRegion, says: "vpc-0aa11aa11aa11aa11 made the request" }
/** Its local routes have all its blocks, and don't say which is the first. */
const ofRoutes = {
  vpcId: vpc.vpcId,
  awsAccountId: vpc.awsAccountId,
  networkBlocks: "10.32.0.0/16,10.33.0.0/16",
  open: { routeTableCidrBlock: "10.32.0.0/16,10.33.0.0/16" },
}
const caller = { awsAccountId: vpc.awsAccountId, says: "caller's account" }

/** Real output of awscli 2.23 in moto 5.1, with ids written over. */
const aws: Record<string, Expected> = {
  "accept.json": accepter,
  "accepted.table": accepter,
  "accepted.text": accepter,
  "accepted.yaml": accepter,
  "attribute.json": { vpcId: vpc.vpcId },
  "command-region.table": { ...secondary, accepterRegionName: "us-west-2" },
  "create-vpc.json": whole,
  "create-vpc.table": created,
  "create-vpc.text": created,
  "create-vpc.yaml": created,
  "joined-sts-vpcs.json": { ...whole, accepterRegionName: "eu-west-1" },
  "joined-sts-vpcs.table": whole,
  "joined-sts-vpcs.text": whole,
  "joined-sts-vpcs.yaml": whole,
  "joined-vpcs-subnets.json": whole,
  "peerings.json": accepter,
  "peerings.table": accepter,
  "peerings.text": accepter,
  "peerings.yaml": accepter,
  "peerings.yaml-stream": accepter,
  "query-blocks.text": { networkBlocks: "10.32.0.0/16,10.33.0.0/16,10.34.0.0/16" },
  "query-list.json": vpc,
  "query-list.table": vpc,
  "query-list.text": vpc,
  "query-list.yaml": vpc,
  "query-names.json": vpc,
  "query-names.table": vpc,
  "query-names.text": vpc,
  "query-names.yaml": vpc,
  "route-tables.json": ofRoutes,
  "route-tables.table": ofRoutes,
  "sts.json": caller,
  "sts.table": caller,
  "sts.text": caller,
  "sts.yaml": caller,
  "subnet-one.json": ofSubnet,
  "subnet-one.table": ofSubnet,
  "subnet-one.text": ofSubnet,
  "subnet-one.yaml": ofSubnet,
  "subnets-two.json": ofSubnet,
  "subnets-two.table": ofSubnet,
  "subnets-two.text": ofSubnet,
  "subnets-two.yaml": ofSubnet,
  "subnets-two.yaml-stream": ofSubnet,
  "vpcs-gone.table": secondary,
  "vpcs-gone.text": secondary,
  "vpcs-gone.yaml": secondary,
  "vpcs-one.json": whole,
  "vpcs-one.table": whole,
  "vpcs-one.text": whole,
  "vpcs-one.yaml": whole,
  "vpcs-one.yaml-stream": whole,
  "vpcs-secondary.json": secondary,
  "vpcs-secondary.table": secondary,
  "vpcs-secondary.text": secondary,
  "vpcs-secondary.yaml": secondary,
  "vpcs-secondary.yaml-stream": secondary,
  "vpcs-two.json": ofThree,
  "vpcs-two.table": ofThree,
  "vpcs-two.text": ofThree,
  "vpcs-two.yaml": ofThree,
  "vpcs-two.yaml-stream": ofThree,
}

const azureSubscriptionId = "9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a"
const azureDirectoryId = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"
const vnet = { azureSubscriptionId, resourceGroupName: "net-rg", vnetName: "vnet-hub" }
const oneBlock = { ...vnet, networkBlocks: "10.24.0.0/16" }
const twoBlocks = { ...vnet, networkBlocks: "10.24.0.0/16,10.25.0.0/16" }
/** The VNet's JSON lists its peerings, here none. */
const unpeered = { peeredBlocks: "none" }
const ofTwo = { ...oneBlock, ...unpeered, choose: "vnet-hub in net-rg" }
const account = { azureDirectoryId, azureSubscriptionId }
const inTable = { resourceGroupName: "net-rg", vnetName: "vnet-hub", says: "No directory (tenant) ID found" }
const prefixes = { networkBlocks: "10.24.0.0/16,10.25.0.0/16" }

/** Values through the output formats of azure-cli 2.74 and its table transformers. */
const azure: Record<string, Expected> = {
  "account-list.table": account,
  "account.json": account,
  "account.table": { azureDirectoryId },
  // Without names nothing tells the directory from the subscription, but the order of the columns.
  "account.tsv": account,
  "account.yaml": account,
  "joined-account-vnet.json": { ...twoBlocks, ...unpeered, azureDirectoryId },
  "joined-account-vnet.yaml": { ...twoBlocks, ...unpeered, azureDirectoryId },
  "joined-account-vnets.table": { ...oneBlock, azureDirectoryId },
  "query-names.json": oneBlock,
  "query-names.table": oneBlock,
  "query-names.tsv": oneBlock,
  "query-names.yaml": oneBlock,
  "query-prefixes.json": prefixes,
  "query-prefixes.table": prefixes,
  "query-prefixes.tsv": prefixes,
  "query-prefixes.yaml": prefixes,
  "vnet-list-one.json": { ...oneBlock, ...unpeered },
  "vnet-list-one.table": { ...inTable, networkBlocks: "10.24.0.0/16" },
  "vnet-list-one.tsv": vnet,
  "vnet-list-one.yaml": { ...oneBlock, ...unpeered },
  "vnet-list-two-blocks.table": { ...inTable, networkBlocks: "10.24.0.0/16,10.25.0.0/16" },
  "vnet-list.json": ofTwo,
  "vnet-list.table": { ...inTable, networkBlocks: "10.24.0.0/16", choose: "vnet-hub in net-rg" },
  "vnet-list.tsv": { ...vnet, choose: "vnet-hub in net-rg" },
  "vnet-list.yaml": ofTwo,
  "peering-list.json": { ...vnet, peeredBlocks: "10.8.0.0/16,10.9.0.0/16,vnet-lab" },
  "vnet-show-peered.json": { ...twoBlocks, peeredBlocks: "10.8.0.0/16,10.9.0.0/16,vnet-lab" },
  "vnet-show.json": { ...twoBlocks, ...unpeered },
  "vnet-show.table": { ...inTable, networkBlocks: "10.24.0.0/16,10.25.0.0/16" },
  "vnet-show.tsv": vnet,
  "vnet-show.yaml": { ...twoBlocks, ...unpeered },
  "portal-address": vnet,
  powershell: { ...oneBlock, ...unpeered },
  "powershell-context": account,
  "resource-id": vnet,
  "rest.json": oneBlock,
}

const gcpNetwork = { gcpProjectId: "shop-prod-1", networkName: "main" }
const pods = "10.140.0.0/14,10.144.0.0/20"
const noProject = { networkName: "main", says: "No project ID found" }

/** Shapes of gcloud's documentation with our own values; gcloud itself is in no package that we can run. */
const gcp: Record<string, Expected> = {
  "asset-name": gcpNetwork,
  "config-list.ini": { gcpProjectId: "shop-prod-1", says: "gcloud's current project" },
  "console-address": gcpNetwork,
  "joined-network-subnets.table": { ...noProject, networkBlocks: "10.40.0.0/20" },
  "joined-network-subnets.yaml": { ...gcpNetwork, networkBlocks: `10.40.0.0/20,${pods}`, ...unpeered },
  "look-up-secondary.table": { networkBlocks: `10.40.0.0/20,${pods},10.41.0.0/20` },
  "look-up.table": { networkBlocks: "10.40.0.0/20,10.41.0.0/20" },
  "network-peered.json": { ...gcpNetwork, peeredBlocks: "hub,servicenetworking" },
  "network.json": { ...gcpNetwork, ...unpeered },
  "network.yaml": { ...gcpNetwork, ...unpeered },
  "networks-two.table": { ...noProject, choose: "main" },
  "networks.table": noProject,
  "peerings.json": { ...gcpNetwork, peeredBlocks: "hub,servicenetworking" },
  "peerings.table": { networkName: "main", peeredBlocks: "nt-abcdefabcdef-xyz" },
  "routes-peering.json": { ...gcpNetwork, peeredBlocks: "10.8.0.0/20,10.120.0.0/24" },
  "project.yaml": { gcpProjectId: "shop-prod-1" },
  "self-link": gcpNetwork,
  "subnet.yaml": { ...gcpNetwork, networkBlocks: `10.40.0.0/20,${pods}` },
  "subnets-atlas-row.table": { networkName: "main", networkBlocks: "10.40.0.0/20" },
  "subnets.json": { ...gcpNetwork, networkBlocks: "10.40.0.0/20,10.140.0.0/14" },
  "subnets.table": { networkName: "main", networkBlocks: "10.40.0.0/20,10.41.0.0/20" },
  "subnets.yaml": { ...gcpNetwork, networkBlocks: `10.40.0.0/20,${pods},10.41.0.0/20` },
  uris: { ...gcpNetwork, choose: "main, shop-prod-1" },
}

const containerId = "507f1f77bcf86cd799439011"
const newAws = { atlasCidrBlock: "10.8.0.0/21", region: "EU_WEST_1" }
const inContainer = { ...vpcInRegion, containerId }

/** Calls, answers and commands of Atlas. */
const atlas: Record<string, Expected> = {
  "cli-aws": { ...vpcInRegion, ...newAws },
  "cli-azure": { ...vnet, azureDirectoryId, atlasCidrBlock: "10.8.0.0/21", region: "EUROPE_WEST" },
  "cli-gcp": { ...gcpNetwork, atlasCidrBlock: "10.8.0.0/18" },
  "cli-list.table": { says: "Left out as Atlas's: eu-west-1" },
  "container-id": { containerId, choose: "A container" },
  "containers.json": { containerId, says: "Its network is Atlas's own" },
  curl: inContainer,
  "curl-cmd": inContainer,
  "curl-file": { says: "The body is in the file peer.json" },
  "peers.json": inContainer,
}

const crossRegion = { ...vpc, accepterRegionName: "us-east-1" }
const withNew = { ...crossRegion, ...newAws }
const existing = { ...crossRegion, containerId }

/** Infrastructure code, its plans and its state. */
const code: Record<string, Expected> = {
  "aws-vpc.tf": { routeTableCidrBlock: "10.32.0.0/16", says: "Code has no VPC ID" },
  "cloudformation-references.yaml": {
    containerId,
    routeTableCidrBlock: "10.32.0.0/16",
    says: "vpc_id is Vpc",
  },
  "cloudformation.json": withNew,
  "cloudformation.yaml": withNew,
  "crossplane.yaml": withNew,
  "operator-get.yaml": { ...vnet, azureDirectoryId, containerId },
  "operator-project.yaml": withNew,
  "operator.yaml": withNew,
  "pulumi.yaml": withNew,
  "terraform-aws.tf": withNew,
  "terraform-azure.tf": { ...vnet, azureDirectoryId, containerId },
  "terraform-gcp.tf": { ...gcpNetwork, atlasCidrBlock: "10.8.0.0/18", region: "WESTERN_EUROPE" },
  "terraform-import": { says: "is the ID of an existing connection" },
  "terraform-json.tf.json": withNew,
  "terraform-outputs": { vpcId: vpc.vpcId, routeTableCidrBlock: "10.32.0.0/16" },
  "terraform-outputs-lists": vpc,
  "terraform-plan": existing,
  "terraform-plan.json": withNew,
  "terraform-references.tf": { awsAccountId: vpc.awsAccountId, says: "vpc_id is aws_vpc.main.id" },
  "terraform-show.json": existing,
  "terraform-state-container.json": { containerId },
  "terraform-state.json": existing,
}

/** Messages, tickets and pages of consoles. */
const text: Record<string, Expected> = {
  arn: { vpcId: vpc.vpcId, awsAccountId: vpc.awsAccountId, accepterRegionName: "eu-west-1" },
  "arn-peering": { says: "pcx-0c0ffee0c0ffee001 is an AWS peering ID" },
  "arn-role": { awsAccountId: vpc.awsAccountId, says: "only its account is used" },
  "aws-console-address": { vpcId: vpc.vpcId, accepterRegionName: "eu-west-1" },
  "aws-console-page": vpc,
  "aws-error": { says: "The command failed: UnauthorizedOperation" },
  "azure-portal-page": oneBlock,
  "eks-cluster.json": {
    vpcId: vpc.vpcId,
    awsAccountId: vpc.awsAccountId,
    accepterRegionName: "eu-west-1",
    says: "Left out as not the whole VPC's: 172.20.0.0/16",
  },
  greeting: { says: "No network ID" },
  "jenkins-log": { says: "No network ID" },
  message: {
    vpcId: vpc.vpcId,
    open: {
      awsAccountId: vpc.awsAccountId,
      accepterRegionName: "eu-west-1",
      routeTableCidrBlock: vpc.routeTableCidrBlock,
    },
  },
  "message-atlas-first": {
    vpcId: vpc.vpcId,
    open: { routeTableCidrBlock: "10.32.0.0/16" },
    says: "Left out as Atlas's",
  },
  "message-two-blocks": {
    vpcId: vpc.vpcId,
    open: {
      awsAccountId: vpc.awsAccountId,
      accepterRegionName: "us-east-1,us-west-2",
      routeTableCidrBlock: "10.32.0.0/16,10.33.0.0/16",
    },
  },
  ticket: { ...vpcInRegion, says: "Left out as Atlas's: 10.8.0.0/21" },
  "ticket-azure": { ...oneBlock, azureDirectoryId },
  "ticket-gcp": { ...gcpNetwork, networkBlocks: "10.40.0.0/20,10.41.0.0/20" },
  "wiki-table": vpcInRegion,
}

/** Folder → file without `.txt` → what is expected of it. */
export const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  aws,
  azure,
  gcp,
  atlas,
  code,
  text,
}
