import { readRegionName } from "@peering-desk/shared-schemas"
import { createGathering, readEach, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { toText } from "#formats/unknown-json.ts"
import type { Pasted } from "./pasted.ts"
import { toList, toObject } from "#formats/unknown-json.ts"

const resourceId =
  /\/?subscriptions\/([^/\s"'?#]{1,100})(?:\/resourceGroups\/([^/\s"'?#]{1,100})(\/[^\s"'?#]{0,400})?)?/i
const vnetPart = /^\/providers\/Microsoft\.Network\/virtualNetworks\/([^/\s]{1,100})/i

const tenantIsMissing = "The directory (tenant) ID is not in it: az account show prints it as tenantId."

/** Puts what an Azure resource id tells; false when the text holds none. */
export function gatherResourceId(gathering: Gathering, text: string): boolean {
  const [, subscription, group, rest = ""] = resourceId.exec(text.slice(0, 1000)) ?? []
  if (subscription === undefined) return false
  gathering.cloud("AZURE")
  gathering.put("azureSubscriptionId", subscription, "The subscription of the resource id")
  gathering.put("resourceGroupName", group, "The resource group of the resource id")
  const vnet = vnetPart.exec(rest)?.[1]
  gathering.put("vnetName", vnet, "The VNet of the resource id")
  if (vnet === undefined) gathering.note("not-understood", "The resource id names no VNet.", "vnetName")
  return true
}

/** Reads resource ids, or addresses of the Azure portal that hold one; null when the text is anything else. */
export function readPastedResourceId(text: string): Pasted | null {
  return readEach("azure-resource-id", text, (gathering, word) => {
    if (!gatherResourceId(gathering, word)) return false
    gathering.note("good-to-know", tenantIsMissing, "azureDirectoryId")
    return true
  })
}

/** Reads `az network vnet show` or `list`, `az account show` or both together; null when the value is anything else. */
export function readPastedAzure(value: unknown): Pasted | null {
  const things = toList(value).slice(0, 1000).map(toObject)
  const vnets = things.filter(isVnet)
  const accounts = things.filter((one) => !isVnet(one) && isAccount(one))
  const chosen = vnets.length > 0 ? vnets : accounts
  const choices = chosen.slice(0, 500).map((one) => {
    const pasted = vnets.length > 0 ? readVnet(one, accounts) : readAccount(one)
    const { resourceGroupName } = pasted.fields.request
    const name = toText(one["name"]) ?? "one without a name"
    return {
      title: toQuoted(resourceGroupName === undefined ? name : `${name} in ${resourceGroupName}`),
      pasted,
    }
  })
  if (choices.length > 1)
    return toChoices("azure-json", choices, `There are ${choices.length} of them here; choose one.`)
  return choices[0]?.pasted ?? null
}

function isVnet(value: Record<string, unknown>): boolean {
  return /\/virtualNetworks\//i.test(toText(value["id"])?.slice(0, 1000) ?? "") || "addressSpace" in value
}

function isAccount(value: Record<string, unknown>): boolean {
  return toText(value["tenantId"]) !== null && toText(value["id"]) !== null
}

function readVnet(vnet: Record<string, unknown>, accounts: readonly Record<string, unknown>[]): Pasted {
  const gathering = createGathering("azure-json")
  gathering.cloud("AZURE")
  const id = toText(vnet["id"])
  if (id !== null) gatherResourceId(gathering, id)
  // The id of a subnet, or of a peering, has the VNet's name inside; its own name is another.
  if (gathering.value("vnetName") === null) gathering.put("vnetName", vnet["name"], "name")
  if (gathering.value("resourceGroupName") === null)
    gathering.put("resourceGroupName", vnet["resourceGroup"], "resourceGroup")
  gathering.put("azureDirectoryId", vnet["tenantId"], "tenantId")
  gatherTenant(gathering, accounts)
  if (gathering.value("azureDirectoryId") === null)
    gathering.note("good-to-know", tenantIsMissing, "azureDirectoryId")
  const space = toObject(vnet["addressSpace"] ?? toObject(vnet["properties"])["addressSpace"])
  const blocks = toList(space["addressPrefixes"]).flatMap((block) => toText(block) ?? [])
  gathering.putBlocks(blocks)
  if (blocks.length > 0)
    gathering.note(
      "good-to-know",
      `Its addresses are ${toQuoted(blocks.slice(0, 5).join(", "))}; Atlas's block may not overlap with them.`,
      "atlasCidrBlock",
    )
  const location = toText(vnet["location"])
  if (location !== null) noteLocation(gathering, location)
  return gathering.toPasted()
}

/** A tenant is that of a subscription, and the VNet's own tells which account counts. */
function gatherTenant(gathering: Gathering, accounts: readonly Record<string, unknown>[]): void {
  const subscription = gathering.value("azureSubscriptionId")?.toLowerCase()
  const own = accounts.find(({ id }) => toText(id)?.toLowerCase() === subscription)
  if (own !== undefined) return gathering.put("azureDirectoryId", own["tenantId"], "tenantId of the account")
  const [other] = accounts
  if (other !== undefined)
    gathering.note(
      "contradiction",
      `The account is that of the subscription ${toQuoted(toText(other["id"]) ?? "")}, and the VNet lies in another; its tenant was left out.`,
      "azureDirectoryId",
    )
}

function noteLocation(gathering: Gathering, location: string): void {
  const name = readRegionName("AZURE", location)
  const says = name === null ? ", where Atlas does not run" : `, which Atlas calls ${name}`
  gathering.note("good-to-know", `The VNet lies in ${toQuoted(location)}${says}.`, "region")
}

/** `az account show`: the one command that prints the tenant. */
function readAccount(account: Record<string, unknown>): Pasted {
  const gathering = createGathering("azure-json")
  gathering.cloud("AZURE")
  gathering.put("azureDirectoryId", account["tenantId"], "tenantId")
  gathering.put("azureSubscriptionId", account["id"], "id")
  return gathering.toPasted()
}
