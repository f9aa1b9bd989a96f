import type { AwsPeer, Container, GcpPeer } from "@peering-desk/shared-schemas"
import { toHclBlock, toHclString } from "./hcl-strings.ts"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { notYetKnown } from "./runbook-step.ts"

/** Accepts the request of a connection that exists; its provider has to be of the VPC's account and region. */
export function toAwsAccepter(peer: AwsPeer): string {
  return toAwsAccepterBlock("atlas", toHclString(peer.connectionId ?? notYetKnown))
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
    toHclBlock("data", ["aws_route_tables", "atlas"], [["vpc_id", toHclString(peer.vpcId ?? notYetKnown)]]),
    toHclBlock(
      "resource",
      ["aws_route", "atlas"],
      [
        ["for_each", "toset(data.aws_route_tables.atlas.ids)"],
        ["route_table_id", "each.value"],
        ["destination_cidr_block", toHclString(container?.atlasCidrBlock ?? notYetKnown)],
        ["vpc_peering_connection_id", toHclString(peer.connectionId ?? notYetKnown)],
      ],
    ),
  ].join("\n")
}

/** Makes the other half of the peering, towards the container's own project and network. */
export function toGcpOtherHalf(peer: GcpPeer, container: Container | null): string {
  const side = container?.providerName === "GCP" ? container : null
  const network = (project: string | null | undefined, name: string | null | undefined) =>
    `projects/${project ?? notYetKnown}/global/networks/${name ?? notYetKnown}`
  return toHclBlock(
    "resource",
    ["google_compute_network_peering", "atlas"],
    [
      ["name", toHclString("atlas")],
      ["network", toHclString(network(peer.gcpProjectId, peer.networkName))],
      ["peer_network", toHclString(network(side?.gcpProjectId, side?.networkName))],
    ],
  )
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
