import type { AzureNetwork } from "#world/customer/network-schema.ts"
import { listNetworkPeerings } from "#world/customer-networks.ts"
import { needOption, refuseCommand, ToolError, type ToolCall } from "./tool-call.ts"

const network = "Microsoft.Network"
const atlasApplication = "e90a1407-55c3-432d-9cb1-3638900a9d22"

/** Answers what `az` prints (Azure CLI reference: network vnet, route-table, nsg, role). Its `--query` is taken as the look-up script has it. */
export function answerAz(call: ToolCall): unknown {
  switch (call.command) {
    case "account show": {
      const [own] = listOwn(call)
      return { id: toSubscription(call), tenantId: own?.azureDirectoryId ?? "" }
    }
    case "network vnet show":
      return toVnet(call, findNamed(call, "name"))
    case "network vnet list":
      return listOwn(call).map((one) => toVnet(call, one))
    case "network vnet peering list":
      return toPeerings(call, findNamed(call, "vnet-name"))
    case "network route-table show":
      return findById(call, (one) => one.routeTables.map((table) => toRouteTable(one, table)))
    case "network nsg show":
      return findById(call, (one) => one.securityGroups.map((group) => toGroup(one, group)))
    case "role assignment list": {
      const scope = needOption(call, "scope").toLowerCase()
      const isAtlas = needOption(call, "assignee") === atlasApplication
      const found = listOwn(call).filter((one) => isAtlas && toId(one).toLowerCase() === scope)
      return found.flatMap(toAssignments)
    }
    default:
      return refuseCommand("az", call)
  }
}

const toSubscription = ({ options, account }: ToolCall) => options.get("subscription") ?? account

function listOwn(call: ToolCall): AzureNetwork[] {
  const subscription = toSubscription(call)
  return call.world.networks
    .filter((one) => one.providerName === "AZURE")
    .filter((one) => one.azureSubscriptionId === subscription)
}

function findNamed(call: ToolCall, option: "name" | "vnet-name"): AzureNetwork {
  const [name, group] = [needOption(call, option), needOption(call, "resource-group")]
  const isSame = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()
  const found = listOwn(call).find(
    ({ vnetName, resourceGroupName }) => isSame(vnetName, name) && isSame(resourceGroupName, group),
  )
  if (found !== undefined) return found
  throw new ToolError(
    `ERROR: (ResourceNotFound) The Resource '${network}/virtualNetworks/${name}' under resource group '${group}' was not found.`,
  )
}

function findById<Thing extends { id: string }>(call: ToolCall, list: (one: AzureNetwork) => Thing[]): Thing {
  const id = needOption(call, "ids")
  const found = listOwn(call)
    .flatMap(list)
    .find((thing) => thing.id.toLowerCase() === id.toLowerCase())
  if (found === undefined)
    throw new ToolError(`ERROR: (ResourceNotFound) The Resource '${id}' was not found.`)
  return found
}

const toGroupId = ({ azureSubscriptionId, resourceGroupName }: AzureNetwork) =>
  `/subscriptions/${azureSubscriptionId}/resourceGroups/${resourceGroupName}/providers/${network}`
const toId = (one: AzureNetwork) => `${toGroupId(one)}/virtualNetworks/${one.vnetName}`

function toVnet(call: ToolCall, one: AzureNetwork) {
  const named = (kind: string, name: string | null) => name && { id: `${toGroupId(one)}/${kind}/${name}` }
  return {
    id: toId(one),
    name: one.vnetName,
    location: one.region,
    addressSpace: { addressPrefixes: one.cidrs },
    subnets: one.subnets.map(({ name, cidr, routeTable, securityGroup }) => ({
      id: `${toId(one)}/subnets/${name}`,
      name,
      addressPrefix: cidr,
      addressPrefixes: null,
      routeTable: named("routeTables", routeTable),
      networkSecurityGroup: named("networkSecurityGroups", securityGroup),
    })),
    virtualNetworkPeerings: toPeerings(call, one),
  }
}

function toPeerings({ world }: ToolCall, one: AzureNetwork) {
  return listNetworkPeerings(world.projects, one).map(({ id, state, atlas, container }) => {
    const group = `/subscriptions/${atlas.account}/resourceGroups/rg_${container.id}`
    return {
      id: `${toId(one)}/virtualNetworkPeerings/${id}`,
      name: id,
      peeringState: state,
      peeringSyncLevel: state === "Connected" ? "FullyInSync" : "RemoteNotInSync",
      remoteVirtualNetwork: { id: `${group}/providers/${network}/virtualNetworks/${atlas.network}` },
      remoteAddressSpace: { addressPrefixes: [atlas.cidr] },
    }
  })
}

function toRouteTable(one: AzureNetwork, { name, routes }: AzureNetwork["routeTables"][number]) {
  const id = `${toGroupId(one)}/routeTables/${name}`
  return {
    id,
    name,
    location: one.region,
    routes: routes.map((route) => {
      const [nextHopType = "", nextHopIpAddress = null] = route.target.split(" ")
      return {
        id: `${id}/routes/${route.name}`,
        name: route.name,
        addressPrefix: route.to,
        nextHopType,
        nextHopIpAddress,
      }
    }),
  }
}

type Rule = AzureNetwork["securityGroups"][number]["rules"][number]

/** Azure adds these to every group (Azure network security groups: default security rules). */
const defaultRules: readonly Rule[] = [
  toDefault("AllowVnetInBound", 65_000, "in", true, ["VirtualNetwork", "VirtualNetwork"]),
  toDefault("AllowAzureLoadBalancerInBound", 65_001, "in", true, ["AzureLoadBalancer", "*"]),
  toDefault("DenyAllInBound", 65_500, "in", false, ["*", "*"]),
  toDefault("AllowVnetOutBound", 65_000, "out", true, ["VirtualNetwork", "VirtualNetwork"]),
  toDefault("AllowInternetOutBound", 65_001, "out", true, ["*", "Internet"]),
  toDefault("DenyAllOutBound", 65_500, "out", false, ["*", "*"]),
]

function toDefault(
  name: string,
  priority: number,
  direction: Rule["direction"],
  allows: boolean,
  [source, destination]: readonly [string, string],
): Rule {
  return { name, priority, direction, allows, protocol: "*", ports: ["*"], source, destination }
}

function toGroup(one: AzureNetwork, { name, rules }: AzureNetwork["securityGroups"][number]) {
  return {
    id: `${toGroupId(one)}/networkSecurityGroups/${name}`,
    name,
    location: one.region,
    securityRules: rules.map(toRule),
    defaultSecurityRules: defaultRules.map(toRule),
  }
}

/** Azure has one range of ports, or several in the plural. */
function toRule({ name, priority, direction, allows, protocol, ports, source, destination }: Rule) {
  const [port] = ports
  return {
    name,
    priority,
    direction: direction === "out" ? "Outbound" : "Inbound",
    access: allows ? "Allow" : "Deny",
    protocol,
    sourcePortRange: "*",
    destinationPortRange: ports.length === 1 ? port : null,
    destinationPortRanges: ports.length === 1 ? [] : ports,
    sourceAddressPrefix: source,
    destinationAddressPrefix: destination,
  }
}

function toAssignments({ atlasRoles }: AzureNetwork) {
  return atlasRoles.map(({ role, scope }) => ({
    principalName: atlasApplication,
    principalType: "ServicePrincipal",
    roleDefinitionName: role,
    scope,
  }))
}
