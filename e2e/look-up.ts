/** A VPC in which all is in order, but for what is said. */
interface Network {
  vpcId: string
  account: string
  region: string
  cidr: string
  atlasCidr: string
  connectionId: string
  tableId?: string
  leadsToAtlas?: boolean
}

/** Prints what the look-up script prints of a VPC. */
export function printLookUp(network: Network): string {
  const { vpcId: VpcId, account, region, cidr, atlasCidr, connectionId } = network
  const { tableId = "rtb-0a17", leadsToAtlas = true } = network
  const toAtlas = { DestinationCidrBlock: atlasCidr, VpcPeeringConnectionId: connectionId, State: "active" }
  const table = {
    RouteTableId: tableId,
    VpcId,
    Associations: [{ Main: true }],
    Routes: [
      { DestinationCidrBlock: cidr, GatewayId: "local", State: "active" },
      ...(leadsToAtlas ? [toAtlas] : []),
    ],
  }
  const read = {
    caller: { Account: account },
    vpcs: { Vpcs: [{ VpcId, OwnerId: account, CidrBlock: cidr }] },
    "dns-support": { VpcId, EnableDnsSupport: { Value: true } },
    "dns-hostnames": { VpcId, EnableDnsHostnames: { Value: true } },
    subnets: { Subnets: [{ SubnetId: "subnet-1", VpcId, CidrBlock: cidr }] },
    peerings: { VpcPeeringConnections: [] },
    "peerings-requested": { VpcPeeringConnections: [] },
    "network-acls": { NetworkAcls: [printAcl(VpcId)] },
    "security-groups": {
      SecurityGroups: [{ GroupId: "sg-1", VpcId, IpPermissions: [], IpPermissionsEgress: [everything] }],
    },
    "route-tables": { RouteTables: [table] },
  }
  return printBlock("AWS", { asked: { vpcId: VpcId }, region, read })
}

function printBlock(cloud: "AWS" | "GCP" | "AZURE", content: object): string {
  const at = new Date().toISOString().replace(/\.\d+Z$/, "Z")
  const block = { peeringDeskLookUp: 1, cloud, at, failed: {}, ...content }
  return `----- BEGIN PEERING DESK LOOK-UP -----\n${JSON.stringify(block)}\n----- END PEERING DESK LOOK-UP -----`
}

/** Prints what the look-up script prints of a network of Google Cloud. */
export function printGcpLookUp({
  projectId,
  name,
  atlas = null,
  deniesEgress = false,
}: {
  projectId: string
  name: string
  /** The network that it is peered with. */
  atlas?: { projectId: string; name: string } | null
  deniesEgress?: boolean
}): string {
  const toLink = (of: { projectId: string; name: string }) =>
    `https://www.googleapis.com/compute/v1/projects/${of.projectId}/global/networks/${of.name}`
  const network = toLink({ projectId, name })
  const peerings = atlas === null ? [] : [{ name: "atlas", state: "ACTIVE", network: toLink(atlas) }]
  const ofNetwork = { name: "of-test", network }
  const denial = {
    ...ofNetwork,
    kind: "compute#firewall",
    direction: "EGRESS",
    priority: 1000,
    disabled: false,
    destinationRanges: ["0.0.0.0/0"],
    denied: [{ IPProtocol: "all" }],
  }
  const read = {
    network: { kind: "compute#network", name, autoCreateSubnetworks: false, peerings, selfLink: network },
    subnets: [{ ...ofNetwork, kind: "compute#subnetwork", ipCidrRange: "10.215.0.0/20" }],
    routes: [{ ...ofNetwork, kind: "compute#route", destRange: "10.215.0.0/20", nextHopNetwork: network }],
    "firewall-rules": deniesEgress ? [denial] : [],
    "service-ranges": [],
  }
  return printBlock("GCP", { asked: { networkName: name, gcpProjectId: projectId }, read })
}

/** Prints what the look-up script prints of a VNet. */
export function printAzureLookUp({
  directory,
  subscription,
  group,
  name,
  route = null,
}: {
  directory: string
  subscription: string
  group: string
  name: string
  /** A CIDR that a route of the owner sends to a firewall. */
  route?: string | null
}): string {
  const scope = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network`
  const table = `${scope}/routeTables/rt-spoke`
  const hop = { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.215.9.4" }
  const subnet = {
    id: `${scope}/virtualNetworks/${name}/subnets/apps`,
    name: "apps",
    addressPrefix: "10.215.0.0/24",
    ...(route !== null && { routeTable: { id: table } }),
  }
  const read = {
    account: { id: subscription, tenantId: directory },
    vnet: {
      id: `${scope}/virtualNetworks/${name}`,
      name,
      location: "eastus2",
      addressSpace: { addressPrefixes: ["10.215.0.0/16"] },
      subnets: [subnet],
      virtualNetworkPeerings: [],
    },
    ...(route !== null && {
      [`route-table:${table}`]: { id: table, name: "rt-spoke", routes: [{ addressPrefix: route, ...hop }] },
    }),
    peerings: [],
    roles: [
      {
        principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
        principalType: "ServicePrincipal",
        roleDefinitionName: "Network Contributor",
        scope: `${scope}/virtualNetworks/${name}`,
      },
    ],
  }
  return printBlock("AZURE", { asked: { vnetName: name }, read })
}

const everything = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }

function printAcl(VpcId: string) {
  const entry = { RuleNumber: 100, Protocol: "-1", RuleAction: "allow", CidrBlock: "0.0.0.0/0" }
  return {
    NetworkAclId: "acl-1",
    VpcId,
    Associations: [{ SubnetId: "subnet-1" }],
    Entries: [
      { ...entry, Egress: true },
      { ...entry, Egress: false },
    ],
  }
}
