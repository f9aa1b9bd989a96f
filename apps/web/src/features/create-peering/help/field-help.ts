import type { ProviderName } from "@peering-desk/shared-schemas"

/** Where a value is: what it is, the way through the cloud's console, and a command that prints it. */
interface Help {
  what: string
  path: string
  command: string
}

const vpcs = "AWS console › VPC › Your VPCs"
const networks = "Google Cloud console › VPC network › VPC networks"
const vnets = "Azure portal › Virtual networks › your VNet › Overview"

/** Cloud → field → where to find its value. Commands run in the owner's own shell, with their credentials. */
export const fieldHelp: Record<ProviderName, Readonly<Record<string, Help>>> = {
  AWS: {
    awsAccountId: {
      what: "The account that owns the VPC: 12 digits, with or without dashes.",
      path: "AWS console › account menu, top right",
      command: "aws sts get-caller-identity --query Account --output text",
    },
    accepterRegionName: {
      what: "The region that the VPC is in.",
      path: "AWS console › region menu, top right, while the VPC is listed",
      command: "aws configure get region",
    },
    vpcId: {
      what: "The id of the VPC, not its name.",
      path: `${vpcs} › VPC ID`,
      command:
        "aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock,Tags[?Key==`Name`]|[0].Value]' --output table",
    },
    routeTableCidrBlock: {
      what: "The CIDR that Atlas routes to: the VPC's, or that of its subnets.",
      path: `${vpcs} › IPv4 CIDR`,
      command: "aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock]' --output table",
    },
    networkBlocks: {
      what: "Every other CIDR of the VPC. AWS peers no two VPCs with any overlap.",
      path: `${vpcs} › your VPC › CIDRs`,
      command: "aws ec2 describe-vpcs --query 'Vpcs[].CidrBlockAssociationSet[].[CidrBlock]' --output text",
    },
  },
  GCP: {
    gcpProjectId: {
      what: "The ID of your project, not its name or number.",
      path: "Google Cloud console › project menu › ID",
      command: "gcloud config get-value project",
    },
    networkName: {
      what: "The name of the VPC network.",
      path: `${networks} › Name`,
      command: "gcloud compute networks list --format='value(name)'",
    },
    networkBlocks: {
      what: "The CIDRs of the network's subnets.",
      path: `${networks} › your network › Subnets`,
      command: "gcloud compute networks subnets list --format='value(network.basename(),ipCidrRange)'",
    },
    peeredBlocks: {
      what: "The CIDRs of networks that it is peered with, private services access too, or none. Used for checks only.",
      path: `${networks} › your network › Routes`,
      command:
        "gcloud compute routes list --filter='nextHopPeering:*' --format='value(network.basename(),nextHopPeering,destRange)'",
    },
  },
  AZURE: {
    azureDirectoryId: {
      what: "The tenant ID of the Microsoft Entra directory.",
      path: "Azure portal › Microsoft Entra ID › Overview › Tenant ID",
      command: "az account show --query tenantId --output tsv",
    },
    azureSubscriptionId: {
      what: "The subscription that the VNet is in.",
      path: `${vnets} › Subscription ID`,
      command: "az account show --query id --output tsv",
    },
    resourceGroupName: {
      what: "The resource group that the VNet is in.",
      path: `${vnets} › Resource group`,
      command: "az network vnet list --query '[].[name,resourceGroup]' --output table",
    },
    vnetName: {
      what: "The name of the VNet, not its resource ID.",
      path: "Azure portal › Virtual networks › Name",
      command: "az network vnet list --query '[].[name,resourceGroup]' --output table",
    },
    networkBlocks: {
      what: "The address space of the VNet.",
      path: "Azure portal › Virtual networks › your VNet › Address space",
      command: "az network vnet list --query '[].[name,addressSpace.addressPrefixes]' --output json",
    },
    peeredBlocks: {
      what: "The CIDRs of VNets that it is peered with, such as a hub, or none. Used for checks only.",
      path: "Azure portal › Virtual networks › your VNet › Peerings",
      command:
        "az network vnet list --query '[].[name,virtualNetworkPeerings[].remoteAddressSpace.addressPrefixes]' --output json",
    },
  },
}
