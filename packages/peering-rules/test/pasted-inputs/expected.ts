import type { RequestField } from "#paste/pasted.ts"

/** All that a person would expect in the form from one file of this folder; nothing else may be filled in. */
export interface Expected extends Partial<Record<RequestField, string>> {
  /** The network's other CIDRs, comma-separated. */
  networkBlocks?: string
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
const secondary = { ...vpc, networkBlocks: "10.33.0.0/16" }
const ofThree = { ...secondary, choose: "vpc-0a1b2c3d4e5f60718, payments prod, 10.32.0.0/16" }
const created = { ...vpc, vpcId: "vpc-0c4c4c4c4c4c4c4c4", routeTableCidrBlock: "10.40.0.0/16" }
const ofSubnet = {
  vpcId: vpc.vpcId,
  awsAccountId: vpc.awsAccountId,
  accepterRegionName: "eu-west-1",
  says: "Subnet CIDRs skipped: 10.32.1.0/24",
}
const accepter = { ...vpcInRegion, says: "vpc-0aa11aa11aa11aa11 made the request" }
const caller = { awsAccountId: vpc.awsAccountId, says: "caller's account" }

/** Real output of awscli 2.23 in moto 5.1, with ids written over. */
const aws: Record<string, Expected> = {
  "accept.json": accepter,
  "accepted.table": accepter,
  "accepted.text": accepter,
  "accepted.yaml": accepter,
  "attribute.json": { vpcId: vpc.vpcId },
  "command-region.table": { ...secondary, accepterRegionName: "us-west-2" },
  "create-vpc.json": vpc,
  "create-vpc.table": created,
  "create-vpc.text": created,
  "create-vpc.yaml": created,
  "joined-sts-vpcs.json": vpcInRegion,
  "joined-sts-vpcs.table": vpc,
  "joined-sts-vpcs.text": vpc,
  "joined-sts-vpcs.yaml": vpc,
  "joined-vpcs-subnets.json": vpc,
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
  "route-tables.json": { vpcId: vpc.vpcId, awsAccountId: vpc.awsAccountId },
  "route-tables.table": {
    vpcId: vpc.vpcId,
    awsAccountId: vpc.awsAccountId,
    open: { routeTableCidrBlock: "10.32.0.0/16,10.33.0.0/16" },
  },
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
  "vpcs-one.json": vpc,
  "vpcs-one.table": vpc,
  "vpcs-one.text": vpc,
  "vpcs-one.yaml": vpc,
  "vpcs-one.yaml-stream": vpc,
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
const ofTwo = { ...oneBlock, choose: "vnet-hub in net-rg" }
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
  "joined-account-vnet.json": { ...twoBlocks, azureDirectoryId },
  "joined-account-vnet.yaml": { ...twoBlocks, azureDirectoryId },
  "joined-account-vnets.table": { ...oneBlock, azureDirectoryId },
  "query-names.json": oneBlock,
  "query-names.table": oneBlock,
  "query-names.tsv": oneBlock,
  "query-names.yaml": oneBlock,
  "query-prefixes.json": prefixes,
  "query-prefixes.table": prefixes,
  "query-prefixes.tsv": prefixes,
  "query-prefixes.yaml": prefixes,
  "vnet-list-one.json": oneBlock,
  "vnet-list-one.table": { ...inTable, networkBlocks: "10.24.0.0/16" },
  "vnet-list-one.tsv": vnet,
  "vnet-list-one.yaml": oneBlock,
  "vnet-list-two-blocks.table": { ...inTable, networkBlocks: "10.24.0.0/16,10.25.0.0/16" },
  "vnet-list.json": ofTwo,
  "vnet-list.table": { ...inTable, networkBlocks: "10.24.0.0/16", choose: "vnet-hub in net-rg" },
  "vnet-list.tsv": { ...vnet, choose: "vnet-hub in net-rg" },
  "vnet-list.yaml": ofTwo,
  "vnet-show.json": twoBlocks,
  "vnet-show.table": { ...inTable, networkBlocks: "10.24.0.0/16,10.25.0.0/16" },
  "vnet-show.tsv": vnet,
  "vnet-show.yaml": twoBlocks,
}

/** Folder → file without `.txt` → what is expected of it. */
export const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = { aws, azure }
