import { readRegionName } from "@peering-desk/shared-schemas"
import { findText, hasName, listTexts, toFacts, type Facts } from "#formats/facts.ts"
import { toList } from "#formats/unknown-json.ts"
import { missingTenantNote, putLinkAt } from "./links.ts"
import { fill, type JsonKind } from "./things.ts"

const azure = { source: "azure-json", cloud: "AZURE" } as const

/** Output of `az`, as JSON. */
export const azureKinds: readonly JsonKind[] = [
  {
    // az network vnet show or list, also together with az account show, the one command that prints the tenant
    ...azure,
    find: (values) => {
      const vnets = listThings(values).filter(isVnet)
      const accounts = listThings(values).filter((one) => !isVnet(one) && isAccount(one))
      return vnets.map((vnet) => toVnet(vnet, accounts))
    },
    rules: [
      putLinkAt("id", "azure-resource-id"),
      // The id of a subnet or a peering has the VNet's name in it; its own name is another.
      fill("name", "vnetName"),
      fill("resourceGroup", "resourceGroupName"),
      ["tenantId", "azureDirectoryId"],
      ["ownTenant", "azureDirectoryId", "tenantId of the account"],
      "Directory ID skipped: the account belongs to subscription {otherAccount}, the VNet to another one.",
      missingTenantNote,
      ["blocks", "networkBlocks"],
      "VNet CIDRs: {blockList}. The Atlas CIDR can't overlap them.",
      "{!atlasRegion}The VNet is in {location}, where Atlas isn't available.",
      "The VNet is in {location} (Atlas: {atlasRegion}).",
    ],
  },
  {
    // az account show or list
    ...azure,
    find: (values) => listThings(values).filter(isAccount),
    rules: [
      ["tenantId", "azureDirectoryId"],
      ["id", "azureSubscriptionId"],
    ],
  },
]

function listThings(values: readonly unknown[]): Facts[] {
  const things = values.flatMap(toList).slice(0, 1000).map(toFacts)
  return things.map((one) => new Map([...one, ["title", [findText(one, "name") ?? "one without a name"]]]))
}

function findId(facts: Facts): string {
  return findText(facts, "id")?.slice(0, 1000) ?? ""
}

function isVnet(facts: Facts): boolean {
  return /\/virtualNetworks\//i.test(findId(facts)) || hasName(facts, "addressSpace")
}

function isAccount(facts: Facts): boolean {
  return findText(facts, "tenantId") !== null && findId(facts) !== ""
}

/** Adds the tenant of the VNet's subscription, its blocks and its region. */
function toVnet(vnet: Facts, accounts: readonly Facts[]): Facts {
  const subscription = /subscriptions\/([^/]+)/i.exec(findId(vnet))?.[1]?.toLowerCase()
  const group = /resourceGroups\/([^/]+)/i.exec(findId(vnet))?.[1] ?? findText(vnet, "resourceGroup") ?? []
  const own = accounts.find((one) => findId(one).toLowerCase() === subscription)
  const blocks = ["", "properties."].flatMap((at) => listTexts(vnet, `${at}addressSpace.addressPrefixes`))
  return new Map<string, readonly unknown[]>([
    ...vnet,
    ["title", [[listTexts(vnet, "title"), group].flat().join(" in ")]],
    ["ownTenant", own?.get("tenantId") ?? []],
    ["otherAccount", own === undefined ? (accounts[0]?.get("id") ?? []) : []],
    ["blocks", blocks],
    ["blockList", [blocks.slice(0, 5).join(", ")]],
    ["atlasRegion", [readRegionName("AZURE", findText(vnet, "location") ?? "")]],
  ])
}
