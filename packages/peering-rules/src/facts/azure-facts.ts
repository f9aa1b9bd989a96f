import type { CloudPeering, CloudRouteTable, Firewall, FirewallRule } from "@peering-desk/shared-schemas"
import { isWithin } from "#addresses/cidr-range.ts"
import { groupBy } from "#formats/group-by.ts"
import { toObject } from "#formats/unknown-json.ts"
import { listAtlasAssignments } from "#runbook/read-role-assignments.ts"
import { switchedOff } from "./describe-fact.ts"
import type { FactsReader } from "./output.ts"
import { toFacts, toNumber, toObjects, toWord, toWords } from "./words.ts"

type Thing = Record<string, unknown>

const vnetId =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)/i

/** The ids of a VNet, from the resource id of itself or of a part of it. */
interface Vnet {
  key: string
  subscription: string
  group: string
  name: string
}

/** Reads what `az network vnet show`, `vnet peering list`, `route-table show`, `nsg show` and `role assignment list` print. */
export const readAzureFacts: FactsReader = ({ outputs, asked, isLookUp, at }) => {
  const things = outputs.flatMap(({ value }) => toObjects(value)).map(flatten)
  const ofKind = (kind: RegExp) => things.filter((one) => kind.test(toWord(one["id"])))
  const vnets = ofKind(/\/virtualNetworks\/[^/]+$/i).filter((one) => one["addressSpace"] !== undefined)
  const listed = ofKind(/\/virtualNetworks\/[^/]+\/virtualNetworkPeerings\/[^/]+$/i)
  const tables = byId(ofKind(/\/routeTables\/[^/]+$/i))
  const groups = byId(ofKind(/\/networkSecurityGroups\/[^/]+$/i))
  const roles = outputs.find(
    ({ name, value }) => Array.isArray(value) && (name === "roles" || isRoleList(value)),
  )
  const directories = new Map(
    things.map((one) => [toWord(one["id"]).toLowerCase(), toWord(one["homeTenantId"] ?? one["tenantId"])]),
  )
  const named = new Map<string, Vnet>()
  const roleScopes = isLookUp ? [] : toObjects(roles?.value).map((one) => one["scope"])
  for (const id of [...[...vnets, ...listed].map((one) => one["id"]), ...roleScopes]) {
    const vnet = toVnet(toWord(id))
    if (vnet !== null && isAsked(vnet, asked)) named.set(vnet.key, vnet)
  }
  return [...named.values()].map((vnet) => {
    const described = vnets.find((one) => toVnet(toWord(one["id"]))?.key === vnet.key)
    const ownPeerings = listed.filter((one) => toVnet(toWord(one["id"]))?.key === vnet.key)
    const shown = toObject(described)
    const within = toMaybeObjects(shown["virtualNetworkPeerings"])
    const subnets = toMaybeObjects(shown["subnets"])
    return toFacts(
      "AZURE",
      {
        account: vnet.subscription,
        directory: directories.get(vnet.subscription.toLowerCase()),
        resourceGroup: vnet.group,
        network: vnet.name,
        region: toWord(shown["location"]),
        addresses: described && toWords(toObject(shown["addressSpace"])["addressPrefixes"]),
        subnets: subnets?.map((one) => ({ id: toName(one), cidrs: toPrefixes(one, "addressPrefix") })),
        routeTables: subnets && joinNamed(subnets, "routeTable", tables, toRouteTable),
        firewalls: subnets && joinNamed(subnets, "networkSecurityGroup", groups, toFirewall),
        peerings: (ownPeerings.length > 0 ? ownPeerings : within)?.map(toPeering),
        roles: roles && toRoles(roles.value, vnet),
      },
      { at },
    )
  })
}

/** Returns Atlas's roles on a VNet, from the output of `az role assignment list`. */
function toRoles(listed: unknown, vnet: Vnet) {
  return listAtlasAssignments(toObjects(listed), {
    azureDirectoryId: null,
    azureSubscriptionId: vnet.subscription,
    resourceGroupName: vnet.group,
    vnetName: vnet.name,
  }).map(({ roleDefinitionName, scope }) => ({ role: toWord(roleDefinitionName), scope: toWord(scope) }))
}

/** The CLI shows properties beside the id, Azure's API below `properties`. */
function flatten(thing: Thing): Thing {
  return { ...toObject(thing["properties"]), ...thing }
}

function toMaybeObjects(list: unknown): Thing[] | undefined {
  return Array.isArray(list) ? toObjects(list).map(flatten) : undefined
}

function toVnet(id: string): Vnet | null {
  const [, subscription, group, name] = vnetId.exec(id) ?? []
  if (subscription === undefined || group === undefined || name === undefined) return null
  return { key: `${subscription}/${group}/${name}`.toLowerCase(), subscription, group, name }
}

function isAsked(vnet: Vnet, asked: Readonly<Record<string, string>>): boolean {
  const pairs = [
    [asked["azureSubscriptionId"], vnet.subscription],
    [asked["resourceGroupName"], vnet.group],
    [asked["vnetName"], vnet.name],
  ]
  return pairs.every(([wanted, own]) => wanted === undefined || wanted.toLowerCase() === own?.toLowerCase())
}

function isRoleList(list: readonly unknown[]): boolean {
  return (
    list.length > 0 && list.every((one) => "roleDefinitionName" in toObject(one) && "scope" in toObject(one))
  )
}

/** The last part of a resource id, which names a subnet, table or group within the VNet. */
function toName(thing: Thing): string {
  return toWord(thing["name"]) || (toWord(thing["id"]).split("/").at(-1) ?? "")
}

function byId(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((one) => [toWord(one["id"]).toLowerCase(), one]))
}

/** Reads the tables or groups that subnets name, each with its subnets; undefined when one of them wasn't read. */
function joinNamed<Read>(
  subnets: readonly Thing[],
  name: string,
  known: ReadonlyMap<string, Thing>,
  read: (thing: Thing, subnets: Thing[]) => Read,
): Read[] | undefined {
  const users = groupBy(subnets, (subnet) => toWord(toObject(subnet[name])["id"]).toLowerCase())
  users.delete("")
  const found = [...users].map(([id, own]) => {
    const thing = known.get(id)
    return thing && read(thing, own)
  })
  return found.every((one) => one !== undefined) ? found : undefined
}

function toRouteTable(table: Thing, subnets: Thing[]): CloudRouteTable {
  const routes = toMaybeObjects(table["routes"]) ?? []
  return {
    id: toName(table),
    isMain: false,
    subnets: subnets.map(toName),
    routes: routes.map((route) => ({
      to: toWord(route["addressPrefix"]),
      target: [toWord(route["nextHopType"]), toWord(route["nextHopIpAddress"])].filter(Boolean).join(" "),
      state: "active",
    })),
  }
}

function toFirewall(group: Thing, subnets: Thing[]): Firewall {
  const rules = ["securityRules", "defaultSecurityRules"].flatMap((name) => toMaybeObjects(group[name]) ?? [])
  const guarded = subnets.flatMap((subnet) => toPrefixes(subnet, "addressPrefix")).flatMap(toRanges)
  return {
    id: toName(group),
    name: null,
    subnets: subnets.map(toName),
    rules: rules.flatMap((rule) => toRules(rule, guarded)),
  }
}

/** Reads if a rule names only some of the sources that its group guards, or of their ports. The tag VirtualNetwork has all of them. */
function isOfSomeSources(rule: Thing, guarded: readonly string[]): boolean {
  if (toObjects(rule["sourceApplicationSecurityGroups"]).length > 0) return true
  if (toPrefixes(rule, "sourcePortRange").some((range) => !["*", "0-65535"].includes(range))) return true
  const prefixes = toPrefixes(rule, "sourceAddressPrefix").filter((prefix) => prefix !== "")
  if (prefixes.length === 0 || prefixes.some((prefix) => /^virtualnetwork$/i.test(prefix))) return false
  const ranges = prefixes.flatMap(toRanges)
  return !guarded.every((subnet) => ranges.some((range) => isWithin(subnet, range)))
}

/** A rule has several ranges of ports; facts have one. */
function toRules(rule: Thing, guarded: readonly string[]): FirewallRule[] {
  const isOut = /^out/i.test(toWord(rule["direction"]))
  const protocol = toWord(rule["protocol"]).toLowerCase()
  const isPartial = isOut && isOfSomeSources(rule, guarded)
  return toPrefixes(rule, "destinationPortRange").map((range) => {
    const [first, last = first] = range.split("-")
    return {
      number: toNumber(rule["priority"]),
      allows: /^allow$/i.test(toWord(rule["access"])),
      direction: isOut ? "out" : "in",
      protocol: protocol === "*" || protocol === "" ? "all" : protocol,
      from: toNumber(first),
      to: toNumber(last),
      cidrs: toPrefixes(rule, isOut ? "destinationAddressPrefix" : "sourceAddressPrefix").flatMap(toRanges),
      ...(isPartial && { isPartial: true }),
    }
  })
}

/** The tag VirtualNetwork has the peered networks too, which are private with Atlas. Other tags are Azure's public addresses. */
function toRanges(prefix: string): string[] {
  if (prefix === "*" || /^any$/i.test(prefix)) return ["0.0.0.0/0"]
  if (/^virtualnetwork$/i.test(prefix)) return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
  if (/^[\d.]+$/.test(prefix)) return [`${prefix}/32`]
  return /^[\d.]+\/\d+$/.test(prefix) ? [prefix] : []
}

/** Azure has one value in `name` or several in its plural, and an empty text or list in the other. */
function toPrefixes(thing: Thing, name: string): string[] {
  const plural = name.endsWith("Prefix") ? `${name}es` : `${name}s`
  const several = toWords(thing[plural])
  return several.length > 0 ? several : toWords(thing[name])
}

function toPeering(peering: Thing): CloudPeering {
  const remote = toWord(toObject(peering["remoteVirtualNetwork"])["id"])
  const space = toObject(peering["remoteAddressSpace"])["addressPrefixes"]
  return {
    id: toName(peering),
    state: toWord(peering["peeringState"]),
    message: toDoubts(peering).join(", ") || null,
    network: remote,
    account: toVnet(remote)?.subscription ?? null,
    ranges: Array.isArray(space) ? toWords(space) : null,
  }
}

/** What may keep traffic from passing although the peering is Connected: a side that lacks new CIDRs, or access for a part only. */
function toDoubts(peering: Thing): string[] {
  const level = toWord(peering["peeringSyncLevel"])
  const switches = ["allowVirtualNetworkAccess", "peerCompleteVnets"]
  return [
    ...(level === "" || level === "FullyInSync" ? [] : [level]),
    ...switches.filter((name) => peering[name] === false).map((name) => `${name}${switchedOff}`),
  ]
}
