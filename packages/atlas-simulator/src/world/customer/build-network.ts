import { toNetworkKey, type NetworkIds } from "#world/cloud-conflicts.ts"
import { parseCidr, toDotted } from "#world/cidr.ts"
import { derive } from "#world/identifiers.ts"
import type { AwsNetwork, AzureNetwork, CustomerNetwork, GcpNetwork, NewNetwork } from "./network-schema.ts"

type Given<Cloud> = Extract<NewNetwork, { providerName: Cloud }>

/** Builds a network in which nothing keeps a peering from working but the missing route to it; `given` overrides parts. */
export function buildNetwork(given: NewNetwork): CustomerNetwork {
  switch (given.providerName) {
    case "AWS":
      return buildAwsNetwork(given)
    case "GCP":
      return buildGcpNetwork(given)
    case "AZURE":
      return buildAzureNetwork(given)
  }
}

const createIdOf = (network: NetworkIds) => (kind: string, part: string) =>
  `${kind}-0${derive(`${toNetworkKey(network)}/${kind}/${part}`, 16)}`

/** Two subnets of one private table, which has a NAT gateway; nobody uses the main table. */
function buildAwsNetwork(given: Given<"AWS">): AwsNetwork {
  const { region = "us-east-1", cidrs = ["10.90.0.0/16"] } = given
  const toId = createIdOf(given)
  const [a, b] = splitTwice(cidrs[0] ?? "")
  const subnets = [
    { id: toId("subnet", "a"), name: "apps-a", zone: `${region}a`, cidr: a },
    { id: toId("subnet", "b"), name: "apps-b", zone: `${region}b`, cidr: b },
  ]
  const local = cidrs.map((to) => ({ to, target: "local" }))
  const own = (given.subnets ?? subnets).map(({ id }) => id)
  const outOfAll = {
    direction: "out" as const,
    protocol: "-1",
    from: null,
    to: null,
    prefixLists: [],
    groups: [],
  }
  const allowAll = { number: 100, allows: true, protocol: "-1", from: null, to: null, cidr: "0.0.0.0/0" }
  return {
    region,
    name: null,
    sharedWith: [],
    cidrs,
    dnsSupport: true,
    dnsHostnames: true,
    subnets,
    routeTables: [
      { id: toId("rtb", "main"), name: "main", isMain: true, subnets: [], routes: local },
      {
        id: toId("rtb", "private"),
        name: "private",
        isMain: false,
        subnets: own,
        routes: [...local, { to: "0.0.0.0/0", target: toId("nat", "a") }],
      },
    ],
    securityGroups: ["default", "apps"].map((name) => ({
      id: toId("sg", name),
      name,
      rules: [{ ...outOfAll, cidrs: ["0.0.0.0/0"] }],
    })),
    networkAcls: [
      {
        id: toId("acl", "default"),
        isDefault: true,
        subnets: own,
        entries: [
          { ...allowAll, direction: "in" },
          { ...allowAll, direction: "out" },
        ],
      },
    ],
    prefixLists: [],
    ...given,
  }
}

function buildGcpNetwork(given: Given<"GCP">): GcpNetwork {
  return {
    isAutoMode: false,
    subnets: [{ name: "apps", region: "us-central1", cidr: "10.215.0.0/20", secondaryCidrs: [] }],
    routes: [{ name: "default-route", to: "0.0.0.0/0", target: "default-internet-gateway", priority: 1000 }],
    firewallRules: [],
    serviceRanges: [],
    ...given,
  }
}

/** One subnet, whose table sends all but private traffic through a firewall. */
function buildAzureNetwork(given: Given<"AZURE">): AzureNetwork {
  const { azureSubscriptionId, resourceGroupName, vnetName, cidrs = ["10.215.0.0/16"] } = given
  const [apps, firewall] = splitTwice(cidrs[0] ?? "")
  return {
    region: "eastus2",
    cidrs,
    subnets: [{ name: "apps", cidr: apps, routeTable: "rt-apps", securityGroup: "nsg-apps" }],
    routeTables: [
      {
        name: "rt-apps",
        routes: [
          {
            name: "to-internet",
            to: "0.0.0.0/0",
            target: `VirtualAppliance ${firewall.replace(/\.\d+\/\d+$/, ".4")}`,
          },
        ],
      },
    ],
    securityGroups: [{ name: "nsg-apps", rules: [] }],
    atlasRoles: [
      {
        role: `AtlasPeering/${azureSubscriptionId}/${resourceGroupName}/${vnetName}`,
        scope: `/subscriptions/${azureSubscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/virtualNetworks/${vnetName}`,
      },
    ],
    ...given,
  }
}

/** Returns the first two sixteenths of a block. */
function splitTwice(cidr: string): [string, string] {
  const block = parseCidr(cidr)
  if (block === null) throw new RangeError(`${cidr} is no CIDR`)
  const prefix = Math.min(32, block.prefix + 4)
  return [`${toDotted(block.first)}/${prefix}`, `${toDotted(block.first + 2 ** (32 - prefix))}/${prefix}`]
}
