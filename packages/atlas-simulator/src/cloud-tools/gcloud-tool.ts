import { derive } from "#world/identifiers.ts"
import type { GcpNetwork } from "#world/customer/network-schema.ts"
import { listNetworkPeerings } from "#world/customer-networks.ts"
import { refuseCommand, ToolError, type ToolCall } from "./tool-call.ts"

const compute = "https://www.googleapis.com/compute/v1/projects"

/** Answers what `gcloud compute` prints (Compute Engine API v1: networks, subnetworks, routes, firewalls, addresses). */
export function answerGcloud(call: ToolCall): unknown {
  const { command, options } = call
  const filtered = /^network:(.+)$/.exec(options.get("filter") ?? "")?.[1]
  const found = listOwn(call).filter(({ networkName }) => filtered === undefined || networkName === filtered)
  const described = /^compute networks describe (\S+)$/.exec(command)?.[1]
  if (described !== undefined) return toNetwork(call, findNamed(call, described))
  switch (command) {
    case "compute networks list":
      return found.map((network) => toNetwork(call, network))
    case "compute networks subnets list":
      return found.flatMap(toSubnets)
    case "compute routes list":
      return found.flatMap((network) => toRoutes(call, network))
    case "compute firewall-rules list":
      return found.flatMap(toFirewallRules)
    case "compute addresses list":
      return found.flatMap(toRanges)
    default:
      return refuseCommand("gcloud", call)
  }
}

const toProject = ({ options, account }: ToolCall) => options.get("project") ?? account

function listOwn(call: ToolCall): GcpNetwork[] {
  const project = toProject(call)
  return call.world.networks
    .filter((one) => one.providerName === "GCP")
    .filter((one) => one.gcpProjectId === project)
}

function findNamed(call: ToolCall, name: string): GcpNetwork {
  const network = listOwn(call).find(({ networkName }) => networkName === name)
  if (network !== undefined) return network
  const path = `projects/${toProject(call)}/global/networks/${name}`
  throw new ToolError(
    `ERROR: (gcloud.compute.networks.describe) Could not fetch resource: - The resource '${path}' was not found`,
  )
}

const toLink = (project: string, name: string) => `${compute}/${project}/global/networks/${name}`
const linkOf = ({ gcpProjectId, networkName }: GcpNetwork) => toLink(gcpProjectId, networkName)

function toNetwork(call: ToolCall, network: GcpNetwork) {
  return {
    kind: "compute#network",
    name: network.networkName,
    autoCreateSubnetworks: network.isAutoMode,
    routingConfig: { routingMode: "REGIONAL" },
    selfLink: linkOf(network),
    peerings: listNetworkPeerings(call.world.projects, network).map(({ id, state, atlas }) => ({
      name: id,
      network: toLink(atlas.account, atlas.network),
      state,
      stateDetails:
        state === "ACTIVE" ? "[date]: Connected." : "The peering network has deleted its peering.",
      autoCreateRoutes: true,
      exchangeSubnetRoutes: true,
    })),
  }
}

function toSubnets(network: GcpNetwork) {
  return network.subnets.map(({ name, region, cidr, secondaryCidrs }) => ({
    kind: "compute#subnetwork",
    name,
    network: linkOf(network),
    region: `${compute}/${network.gcpProjectId}/regions/${region}`,
    ipCidrRange: cidr,
    secondaryIpRanges: secondaryCidrs.map((ipCidrRange, place) => ({
      rangeName: `range-${place}`,
      ipCidrRange,
    })),
  }))
}

/** Google Cloud makes the routes of subnets and of active peerings by itself. */
function toRoutes({ world }: ToolCall, network: GcpNetwork) {
  const common = { kind: "compute#route", network: linkOf(network) }
  const toName = (kind: string, to: string) => `${kind}-${derive(`${linkOf(network)}/${kind}/${to}`, 16)}`
  const subnets = network.subnets.flatMap(({ cidr, secondaryCidrs }) => [cidr, ...secondaryCidrs])
  const peerings = listNetworkPeerings(world.projects, network).filter(({ state }) => state === "ACTIVE")
  return [
    ...subnets.map((destRange) => ({
      ...common,
      name: toName("default-route", destRange),
      destRange,
      nextHopNetwork: linkOf(network),
      priority: 0,
    })),
    ...peerings.map(({ id, atlas }) => ({
      ...common,
      name: toName("peering-route", atlas.cidr),
      destRange: atlas.cidr,
      nextHopPeering: id,
      priority: 0,
    })),
    ...network.routes.map(({ name, to, target, priority }) => ({
      ...common,
      name,
      destRange: to,
      priority,
      ...(target === "default-internet-gateway"
        ? { nextHopGateway: `${compute}/${network.gcpProjectId}/global/gateways/${target}` }
        : { nextHopIp: target }),
    })),
  ]
}

function toFirewallRules(network: GcpNetwork) {
  return network.firewallRules.map(
    ({ name, priority, direction, allows, isDisabled, protocols, cidrs, targetTags }) => ({
      kind: "compute#firewall",
      name,
      network: linkOf(network),
      direction: direction === "out" ? "EGRESS" : "INGRESS",
      priority,
      disabled: isDisabled,
      [direction === "out" ? "destinationRanges" : "sourceRanges"]: cidrs,
      [allows ? "allowed" : "denied"]: protocols.map(({ protocol: IPProtocol, ports }) => ({
        IPProtocol,
        ...(ports.length > 0 && { ports }),
      })),
      ...(targetTags.length > 0 && { targetTags }),
    }),
  )
}

function toRanges(network: GcpNetwork) {
  return network.serviceRanges.map(({ name, cidr }) => {
    const [address = "", prefix = ""] = cidr.split("/")
    return {
      kind: "compute#address",
      name,
      network: linkOf(network),
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address,
      prefixLength: Number(prefix),
    }
  })
}
