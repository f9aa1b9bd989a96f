import type { AwsPeer, AzurePeer, Container, GcpPeer } from "@peering-desk/shared-schemas"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { toAzureRuleName, toGcpFirewallName, toGcpPeeringName } from "./cloud-names.ts"
import { toHclBlock, toHclString } from "#formats/hcl-strings.ts"
import { atlasPorts, fillIn } from "./runbook-step.ts"
import { toShellComment } from "#formats/shell-words.ts"

const portRange = toHclString(`${atlasPorts.first}-${atlasPorts.last}`)

/** What only the person knows, asked for by Terraform itself. */
function toVariable(name: string, type: "string" | "number"): string {
  return toHclBlock("variable", [name], [["type", type]])
}

/**
 * The two attributes that the VPC needs. They belong to the resource that makes it: a second one would make a VPC, or take this one
 * over with all of its other settings.
 */
export function toAwsDns(peer: AwsPeer): string {
  return [
    toShellComment(`In the resource aws_vpc of ${fillIn(peer.vpcId)}:`),
    "enable_dns_support   = true",
    "enable_dns_hostnames = true",
    "",
  ].join("\n")
}

/** Accepts the request of a connection that exists; its provider has to be of the VPC's account and region. */
export function toAwsAccepter(peer: AwsPeer): string {
  return toAwsAccepterBlock("atlas", toHclString(fillIn(peer.connectionId)))
}

/** Accepts the request whose `pcx-` id an expression of Terraform's gives. */
export function toAwsAccepterBlock(name: string, connectionId: string): string {
  return toHclBlock(
    "resource",
    ["aws_vpc_peering_connection_accepter", name],
    [
      ["vpc_peering_connection_id", connectionId],
      ["auto_accept", "true"],
    ],
  )
}

/** Routes Atlas's block to the peering, in every route table of the VPC. */
export function toAwsRoutes(peer: AwsPeer, container: Container | null): string {
  return [
    toHclBlock("data", ["aws_route_tables", "atlas"], [["vpc_id", toHclString(fillIn(peer.vpcId))]]),
    toHclBlock(
      "resource",
      ["aws_route", "atlas"],
      [
        ["for_each", "toset(data.aws_route_tables.atlas.ids)"],
        ["route_table_id", "each.value"],
        ["destination_cidr_block", toHclString(fillIn(container?.atlasCidrBlock))],
        ["vpc_peering_connection_id", toHclString(fillIn(peer.connectionId))],
      ],
    ),
  ].join("\n")
}

/** Lets the drivers out of a security group to Atlas's block. */
export function toAwsEgressRule(container: Container | null): string {
  return [
    toVariable("security_group_id", "string"),
    toHclBlock(
      "resource",
      ["aws_vpc_security_group_egress_rule", "atlas"],
      [
        ["security_group_id", "var.security_group_id"],
        ["cidr_ipv4", toHclString(fillIn(container?.atlasCidrBlock))],
        ["ip_protocol", toHclString("tcp")],
        ["from_port", String(atlasPorts.first)],
        ["to_port", String(atlasPorts.last)],
      ],
    ),
  ].join("\n")
}

function toGcpNetwork(project: string | null | undefined, network: string | null | undefined): string {
  return toHclString(`projects/${fillIn(project)}/global/networks/${fillIn(network)}`)
}

/** Makes the other half of the peering, towards the container's own project and network. */
export function toGcpOtherHalf(peer: GcpPeer, container: Container | null): string {
  const side = container?.providerName === "GCP" ? container : null
  return toHclBlock(
    "resource",
    ["google_compute_network_peering", "atlas"],
    [
      ["name", toHclString(toGcpPeeringName(peer))],
      ["network", toGcpNetwork(peer.gcpProjectId, peer.networkName)],
      ["peer_network", toGcpNetwork(side?.gcpProjectId, side?.networkName)],
    ],
  )
}

/** Lets the drivers out of the network to Atlas's block. */
export function toGcpFirewall(peer: GcpPeer, container: Container | null): string {
  return [
    toVariable("priority", "number"),
    toHclBlock(
      "resource",
      ["google_compute_firewall", "atlas"],
      [
        ["name", toHclString(toGcpFirewallName(peer))],
        ["project", toHclString(fillIn(peer.gcpProjectId))],
        ["network", toGcpNetwork(peer.gcpProjectId, peer.networkName)],
        ["priority", "var.priority"],
        ["direction", toHclString("EGRESS")],
        ["destination_ranges", `[${toHclString(fillIn(container?.atlasCidrBlock))}]`],
      ],
      [
        toHclBlock(
          "allow",
          [],
          [
            ["protocol", toHclString("tcp")],
            ["ports", `[${portRange}]`],
          ],
        ),
      ],
    ),
  ].join("\n")
}

/** Looks up the blocks of the network's subnets. */
export function toGcpBlocks(peer: GcpPeer): string {
  return [
    toHclBlock(
      "data",
      ["google_compute_network", "atlas"],
      [
        ["project", toHclString(fillIn(peer.gcpProjectId))],
        ["name", toHclString(fillIn(peer.networkName))],
      ],
    ),
    toHclBlock(
      "data",
      ["google_compute_subnetwork", "atlas"],
      [
        ["for_each", "toset(data.google_compute_network.atlas.subnetworks_self_links)"],
        ["self_link", "each.value"],
      ],
    ),
    toHclBlock(
      "output",
      ["blocks"],
      [["value", "[for one in data.google_compute_subnetwork.atlas : one.ip_cidr_range]"]],
    ),
  ].join("\n")
}

export function toAzureServicePrincipal(): string {
  return toHclBlock(
    "resource",
    ["azuread_service_principal", "atlas"],
    [
      ["client_id", toHclString(atlasAzureApplicationId)],
      ["use_existing", "true"],
    ],
  )
}

export function toAzureRole(network: AzureNetwork): string {
  const role = toAtlasRole(network)
  const scope = toHclString(toVnetScope(network))
  const actions = `[${role.Actions.map(toHclString).join(", ")}]`
  return toHclBlock(
    "resource",
    ["azurerm_role_definition", "atlas"],
    [
      ["name", toHclString(role.Name)],
      ["scope", scope],
      ["assignable_scopes", `[${scope}]`],
    ],
    [toHclBlock("permissions", [], [["actions", actions]])],
  )
}

export function toAzureRoleAssignment(network: AzureNetwork): string {
  return toHclBlock(
    "resource",
    ["azurerm_role_assignment", "atlas"],
    [
      ["scope", toHclString(toVnetScope(network))],
      ["role_definition_id", "azurerm_role_definition.atlas.role_definition_resource_id"],
      ["principal_id", "azuread_service_principal.atlas.object_id"],
    ],
  )
}

/** Lets the drivers out through a network security group to Atlas's block. */
export function toAzureSecurityRule(peer: AzurePeer, container: Container | null): string {
  return [
    toVariable("network_security_group", "string"),
    toVariable("priority", "number"),
    toHclBlock(
      "resource",
      ["azurerm_network_security_rule", "atlas"],
      [
        ["name", toHclString(toAzureRuleName(peer))],
        ["resource_group_name", toHclString(fillIn(peer.resourceGroupName))],
        ["network_security_group_name", "var.network_security_group"],
        ["priority", "var.priority"],
        ["direction", toHclString("Outbound")],
        ["access", toHclString("Allow")],
        ["protocol", toHclString("Tcp")],
        ["source_address_prefix", toHclString("*")],
        ["source_port_range", toHclString("*")],
        ["destination_address_prefix", toHclString(fillIn(container?.atlasCidrBlock))],
        ["destination_port_range", portRange],
      ],
    ),
  ].join("\n")
}

/** Looks up the VNet's blocks. */
export function toAzureBlocks(peer: AzurePeer): string {
  return [
    toHclBlock(
      "data",
      ["azurerm_virtual_network", "atlas"],
      [
        ["name", toHclString(fillIn(peer.vnetName))],
        ["resource_group_name", toHclString(fillIn(peer.resourceGroupName))],
      ],
    ),
    toHclBlock("output", ["blocks"], [["value", "data.azurerm_virtual_network.atlas.address_space"]]),
  ].join("\n")
}
