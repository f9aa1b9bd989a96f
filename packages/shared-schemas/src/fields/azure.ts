import { expected, suggest, suggestFromLink, type FieldTable, type FormField, type Rule } from "./field.ts"

const vnets = "Azure portal › Virtual networks › your VNet › Overview"

const subscriptionOfId = /(?:^|\/)subscriptions\/([^/\s"'?#]{1,100})/i
const groupOfId = /\/resourceGroups\/([^/\s"'?#]{1,100})/i
const vnetOfId = /\/virtualNetworks\/([^/\s"'?#]{1,100})/i

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const uuidTakenByAtlas = /^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$/i
const nameTakenByAtlas = /^[-\w.()]+$/
const inIssuer = /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([0-9a-f-]{36})(?:\/|$)/i

/** @param what the field's name as a sentence begins with it, with its article: `A directory ID` */
function uuidRule(what: string): Rule {
  return (text) => {
    if (/^[0-]+$/.test(text) && uuid.test(text)) return `${what} isn't all zeros. Enter your own`
    if (uuid.test(text)) return null
    const dashed = text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    if (uuid.test(dashed)) return suggest("Use dashes:", dashed)
    return expected(text, `${what} is a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12`)
  }
}

function nameRule(pattern: RegExp, ofId: RegExp, sentence: string): Rule {
  return (text) => {
    if (pattern.test(text)) return null
    return suggestFromLink(ofId, "name", text) ?? expected(text, sentence)
  }
}

/** The fields of an Azure request, in the order of the form. `atlasCidrBlock` of the old example is not one of them. */
export const azureFields = {
  azureDirectoryId: {
    label: "Directory ID",
    hint: "Microsoft Entra tenant",
    title: "directory ID",
    thing: "directory",
    fact: null,
    missing: "Enter the directory (tenant) ID",
    rule: (text) =>
      /\.onmicrosoft\.com$/i.test(text)
        ? "This is the directory's domain. Enter its ID: az account show prints it as tenantId"
        : uuidRule("A directory ID")(text),
    inLink: null,
    takenByAtlas: uuidTakenByAtlas,
    spellings: (text) => inIssuer.exec(text)?.slice(1) ?? [],
    labels: /^(?:azure |entra )?(?:tenant|directory)(?: \((?:tenant|directory)\))?(?: ?id)?$/i,
    names: { atlasCli: "--directoryId" },
    sample: () => "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
    help: {
      what: "The tenant ID of the Microsoft Entra directory.",
      path: "Azure portal › Microsoft Entra ID › Overview › Tenant ID",
      command: "az account show --query tenantId --output tsv",
    },
  },
  azureSubscriptionId: {
    label: "Subscription ID",
    hint: "UUID",
    title: "subscription ID",
    thing: "subscription",
    fact: "Subscription",
    missing: "Enter the subscription ID",
    rule: (text) =>
      suggestFromLink(subscriptionOfId, "subscription ID", text) ?? uuidRule("A subscription ID")(text),
    inLink: subscriptionOfId,
    takenByAtlas: uuidTakenByAtlas,
    labels: /^(?:azure )?subscription(?: ?id)?$/i,
    names: { atlasCli: "--subscriptionId" },
    sample: () => "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    help: {
      what: "The subscription that the VNet is in.",
      path: `${vnets} › Subscription ID`,
      command: "az account show --query id --output tsv",
    },
  },
  resourceGroupName: {
    label: "Resource group",
    hint: "e.g. rg-network",
    title: "resource group name",
    thing: "resource group",
    fact: "Group",
    missing: "Enter the resource group name",
    rule: nameRule(
      /^[-\w.()]{0,89}[-\w()]$/,
      groupOfId,
      "A resource group name has 1 to 90 letters, digits, dashes, underscores, dots or parentheses and doesn't end with a dot",
    ),
    isName: true,
    inLink: groupOfId,
    takenByAtlas: nameTakenByAtlas,
    labels: /^(?:resource ?group(?: ?name)?|rg)$/i,
    names: { atlasCli: "--resourceGroup" },
    sample: () => "rg-sample",
    help: {
      what: "The resource group that the VNet is in.",
      path: `${vnets} › Resource group`,
      command: "az network vnet list --query '[].[name,resourceGroup]' --output table",
    },
  },
  vnetName: {
    label: "VNet name",
    hint: "Name, not the resource ID",
    title: "VNet name",
    thing: "VNet",
    fact: "VNet",
    missing: "Enter the VNet name",
    rule: nameRule(
      /^[A-Za-z0-9][-\w.]{0,62}\w$/,
      vnetOfId,
      "A VNet name has 2 to 64 letters, digits, dots, underscores or dashes. It starts with a letter or digit and ends with a letter, digit or underscore",
    ),
    isName: true,
    inLink: vnetOfId,
    takenByAtlas: nameTakenByAtlas,
    labels: /^(?:vnet|virtual network)(?: ?name)?$/i,
    names: { atlasCli: "--vnet", operator: "vNetName" },
    sample: (hex) => `vnet-sample-${hex(6)}`,
    help: {
      what: "The name of the VNet, not its resource ID.",
      path: "Azure portal › Virtual networks › Name",
      command: "az network vnet list --query '[].[name,resourceGroup]' --output table",
    },
  },
} as const satisfies FieldTable

/** Fields of the form that only the checks use. */
export const azureKnownBlocks = {
  networkBlocks: {
    label: "VNet CIDRs",
    hint: "Optional, used for checks only",
    help: {
      what: "The address space of the VNet.",
      path: "Azure portal › Virtual networks › your VNet › Address space",
      command: "az network vnet list --query '[].[name,addressSpace.addressPrefixes]' --output json",
    },
  },
  peeredBlocks: {
    label: "CIDRs of other peered VNets",
    hint: "Optional",
    help: {
      what: "The CIDRs of VNets that it is peered with, such as a hub, or none. Used for checks only.",
      path: "Azure portal › Virtual networks › your VNet › Peerings",
      command:
        "az network vnet list --query '[].[name,virtualNetworkPeerings[].remoteAddressSpace.addressPrefixes]' --output json",
    },
  },
} as const satisfies Record<string, FormField>
