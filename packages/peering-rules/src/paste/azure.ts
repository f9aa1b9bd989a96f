import { azureFields, readRegionName } from "@peering-desk/shared-schemas"
import { findText, hasName, listTexts, toFacts, type Facts } from "#formats/facts.ts"
import { groupBy } from "#formats/group-by.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { missingTenantNote, putLinkAt } from "./links.ts"
import { fill, type JsonKind, type Rule } from "./things.ts"

const azure = { source: "azure-json", cloud: "AZURE" } as const

/** A peering that looks connected, and over which some addresses are not reached. */
const partialNotes: readonly Rule[] = [
  "Peering {someSubnets} joins some subnets only (peerCompleteVnets is false). The others don't reach the peer.",
  "Peering {outOfSync} is not in sync ({syncLevel}): new addresses of a VNet don't reach the peer. Run az network vnet peering sync.",
]

/** Output of `az`, in any of its forms, and of PowerShell. */
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
      // A list of its fields by hand
      fill("vnetName", "vnetName"),
      fill("resourceGroupName", "resourceGroupName"),
      fill("subscriptionId", "azureSubscriptionId"),
      ["tenantId", "azureDirectoryId"],
      ["ownTenant", "azureDirectoryId", "tenantId of the account"],
      "{?ownSubscription}Subscription read from the account. Check that the VNet is in it.",
      ["ownSubscription", "azureSubscriptionId"],
      "Directory ID skipped: the account belongs to subscription {otherAccount}, the VNet to another one.",
      missingTenantNote,
      ["blocks", "networkBlocks"],
      "VNet CIDRs: {blockList}. The Atlas CIDR can't overlap them.",
      ["peered", "peeredBlocks"],
      "{!atlasRegion}The VNet is in {location}, where Atlas isn't available.",
      "The VNet is in {location} (Atlas: {atlasRegion}).",
      ...partialNotes,
    ],
  },
  {
    // az network vnet peering list or show
    ...azure,
    several: "VNets here",
    find: (values) => groupPeerings(listThings(values).filter(isPeering)),
    rules: [
      putLinkAt("vnetId", "azure-resource-id"),
      missingTenantNote,
      ["peered", "peeredBlocks"],
      ...partialNotes,
    ],
  },
  {
    // az account show or list
    ...azure,
    find: (values) => listThings(values).filter(isAccount),
    rules: [
      ["tenantId", "azureDirectoryId"],
      ["id", "azureSubscriptionId"],
      // Columns of az account list; PowerShell's Get-AzContext
      ["subscriptionId", "azureSubscriptionId"],
      ["subscription", "azureSubscriptionId"],
      ["tenant", "azureDirectoryId"],
    ],
  },
]

function listThings(values: readonly unknown[]): Facts[] {
  return (
    values
      .flatMap(toList)
      // Azure Resource Graph
      .flatMap((value) => ("total_records" in toObject(value) ? toList(toObject(value)["data"]) : [value]))
      .slice(0, 1000)
      .map((value) => {
        const facts = toFacts(value)
        const title = [findText(facts, "name") ?? "one without a name"]
        return new Map<string, readonly unknown[]>([
          ...facts,
          ["title", title],
          // With Azure Lighthouse a person signs in through a tenant that the subscription isn't in.
          ["tenantId", facts.get("homeTenantId") ?? facts.get("tenantId") ?? []],
          ["peered", listPeered(value)],
          ...readPartial(
            isPeering(facts) ? [value] : toList(readProperties(value)["virtualNetworkPeerings"]),
          ),
        ])
      })
  )
}

/** Reads the first subnet peering, and the first peering that is not in sync. */
function readPartial(peerings: readonly unknown[]): [string, readonly unknown[]][] {
  const all = peerings.map((one) => readProperties(one))
  const subnets = all.find(({ peerCompleteVnets }) => /^false$/i.test(String(peerCompleteVnets)))
  const unsynced = all.find(
    ({ peeringSyncLevel }) => !/^(FullyInSync)?$/.test(toText(peeringSyncLevel) ?? ""),
  )
  const toName = (one: Record<string, unknown>) => toText(one["name"]) ?? "without a name"
  return [
    ["someSubnets", subnets === undefined ? [] : [toName(subnets)]],
    ["outOfSync", unsynced === undefined ? [] : [toName(unsynced)]],
    ["syncLevel", unsynced === undefined ? [] : [unsynced["peeringSyncLevel"]]],
  ]
}

/** Lists the CIDRs of a VNet's peers, or of a peering's; the name of one without any. A VNet that has no peering says so. */
function listPeered(value: unknown): string[] {
  const vnet = readProperties(value)
  if (isPeering(toFacts(value))) return toPeered(value)
  const peerings = vnet["virtualNetworkPeerings"]
  if (!Array.isArray(peerings)) return []
  return peerings.length === 0 ? ["none"] : peerings.flatMap(toPeered)
}

function toPeered(peering: unknown): string[] {
  const all = readProperties(peering)
  const blocks = ["remoteAddressSpace", "remoteVirtualNetworkAddressSpace"].flatMap((name) =>
    toList(readProperties(all[name])["addressPrefixes"]).flatMap((prefix) => toText(prefix) ?? []),
  )
  const remote = toText(readProperties(all["remoteVirtualNetwork"])["id"])?.split("/").at(-1)
  return blocks.length > 0 ? blocks : [remote ?? toText(all["name"]) ?? "peering"]
}

/** Returns the fields of a resource, which its REST API has below `properties`, and whose names PowerShell writes with a capital. */
function readProperties(value: unknown): Record<string, unknown> {
  const thing = toObject(value)
  const all = Object.entries({ ...thing, ...toObject(thing["properties"]) })
  return Object.fromEntries(all.map(([name, one]) => [name.charAt(0).toLowerCase() + name.slice(1), one]))
}

const peeringId = /^(?<vnet>.{0,900}\/virtualNetworks\/[^/]+)\/virtualNetworkPeerings\//i

function isPeering(facts: Facts): boolean {
  return peeringId.test(findId(facts))
}

/** Lists the VNets of these peerings with all that they are peered with. */
function groupPeerings(peerings: readonly Facts[]): Facts[] {
  const toVnetId = (one: Facts) => peeringId.exec(findId(one))?.groups?.["vnet"] ?? ""
  return [...groupBy(peerings, toVnetId)].map(([vnetId, own]) => {
    const list = (name: string) => own.flatMap((one) => listTexts(one, name))
    return toFacts({
      title: vnetId.split("/").at(-1),
      vnetId,
      peered: list("peered"),
      someSubnets: list("someSubnets"),
      outOfSync: list("outOfSync"),
      syncLevel: list("syncLevel"),
    })
  })
}

function findId(facts: Facts): string {
  return findText(facts, "id")?.slice(0, 1000) ?? ""
}

function readSubscription(account: Facts): string | null {
  return findText(account, "subscriptionId", "id")?.toLowerCase() ?? null
}

function isVnet(facts: Facts): boolean {
  if (isPeering(facts)) return false
  const isListed = facts.has("prefixes") && facts.has("resourceGroup")
  return /\/virtualNetworks\//i.test(findId(facts)) || hasName(facts, "addressSpace") || isListed
}

function isAccount(facts: Facts): boolean {
  // A list of a network's fields names its subscription too.
  if ([...facts.keys()].some((name) => /^(?:vnet|virtual_?network|resource_?group|rg$)/i.test(name)))
    return false
  const isNamed = findId(facts) !== "" || facts.has("subscriptionId") || facts.has("environmentName")
  return (
    (findText(facts, "tenantId") !== null && isNamed) || (facts.has("tenant") && facts.has("subscription"))
  )
}

/** Where `az`, its JSON of the REST API, PowerShell and the column of `az network vnet list` have the address space. */
const blockPaths = [
  "addressSpace",
  "addressSpace.addressPrefixes",
  "properties.addressSpace.addressPrefixes",
  "addressSpace.AddressPrefixes",
  "prefixes",
]

/** Adds the tenant of the VNet's subscription, its blocks and its region. */
function toVnet(vnet: Facts, accounts: readonly Facts[]): Facts {
  const subscription = azureFields.azureSubscriptionId.inLink.exec(findId(vnet))?.[1]?.toLowerCase()
  const group =
    azureFields.resourceGroupName.inLink.exec(findId(vnet))?.[1] ?? findText(vnet, "resourceGroup") ?? []
  const [only, ...others] = accounts
  const own = accounts.find((one) => readSubscription(one) === subscription)
  // A table of VNets names no subscription.
  const account = own ?? (subscription === undefined && others.length === 0 ? only : undefined)
  const blocks = blockPaths
    .flatMap((path) => listTexts(vnet, path))
    .flatMap((text) => text.split(/[\s,]+/, 200))
  return new Map<string, readonly unknown[]>([
    ...vnet,
    ["title", [[listTexts(vnet, "title"), group].flat().join(" in ")]],
    ["ownTenant", account?.get("tenantId") ?? []],
    ["ownSubscription", account === undefined || own !== undefined ? [] : [readSubscription(account)]],
    ["otherAccount", account === undefined && only !== undefined ? [readSubscription(only)] : []],
    ["blocks", blocks],
    ["blockList", [blocks.slice(0, 5).join(", ")]],
    ["atlasRegion", [readRegionName("AZURE", findText(vnet, "location") ?? "")]],
  ])
}
