import { parse as parseHcl } from "@cdktf/hcl2json"
import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { toRunbook } from "./runbook.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { anyPlain, toHclRead } from "#test/subjects.ts"

const value = anyPlain

function toRead<Values extends Record<string, string>>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, toHclRead(text)])) as Values
}

interface Case {
  peer: AtlasPeer
  container: Container
  /** Each Terraform text of the runbook by its step, as its own parser reads it. */
  read: Record<string, unknown>
}

const ofAws = fc
  .record({ vpcId: value, connectionId: value, atlasCidrBlock: value })
  .map((values) => [values, toRead(values)] as const)
  .map(([{ atlasCidrBlock, ...fields }, read]): Case => ({
    peer: { ...aws, ...fields },
    container: { ...awsContainer, atlasCidrBlock },
    read: {
      "aws-dns": { enable_dns_support: true, enable_dns_hostnames: true },
      "aws-accept": {
        resource: {
          aws_vpc_peering_connection_accepter: {
            atlas: [{ vpc_peering_connection_id: read.connectionId, auto_accept: true }],
          },
        },
      },
      "aws-routes": {
        data: { aws_route_tables: { atlas: [{ vpc_id: read.vpcId }] } },
        resource: {
          aws_route: {
            atlas: [
              {
                for_each: "${toset(data.aws_route_tables.atlas.ids)}",
                route_table_id: "${each.value}",
                destination_cidr_block: read.atlasCidrBlock,
                vpc_peering_connection_id: read.connectionId,
              },
            ],
          },
        },
      },
      "aws-security-group": {
        variable: { security_group_id: [{ type: "${string}" }] },
        resource: {
          aws_vpc_security_group_egress_rule: {
            atlas: [
              {
                security_group_id: "${var.security_group_id}",
                cidr_ipv4: read.atlasCidrBlock,
                ip_protocol: "tcp",
                from_port: 27015,
                to_port: 27017,
              },
            ],
          },
        },
      },
      "aws-least-reach": {
        variable: { network_acl_id: [{ type: "${string}" }], rule_number: [{ type: "${number}" }] },
        resource: {
          aws_network_acl_rule: Object.fromEntries(
            (
              [
                ["atlas_out", "", true, "tcp", "allow", 27015, 27017],
                ["atlas_out_else", " + 1", true, "-1", "deny", 0, 0],
                ["atlas_answers", "", false, "tcp", "allow", 1024, 65535],
                ["atlas_in_else", " + 1", false, "-1", "deny", 0, 0],
              ] as const
            ).map(([label, at, egress, protocol, action, from, to]) => [
              label,
              [
                {
                  network_acl_id: "${var.network_acl_id}",
                  rule_number: `\${var.rule_number${at}}`,
                  egress,
                  protocol,
                  rule_action: action,
                  cidr_block: read.atlasCidrBlock,
                  from_port: from,
                  to_port: to,
                },
              ],
            ]),
          ),
        },
      },
    },
  }))

const ofGcp = fc
  .record({ project: value, network: value, atlasProject: value, atlasNetwork: value, block: value })
  .map((values): Case => {
    const { project, network, atlasProject, atlasNetwork, block } = toRead(values)
    const own = `projects/${project}/global/networks/${network}`.normalize()
    return {
      peer: { ...gcp, gcpProjectId: values.project, networkName: values.network },
      container: {
        ...gcpContainer,
        gcpProjectId: values.atlasProject,
        networkName: values.atlasNetwork,
        atlasCidrBlock: values.block,
      } as Container,
      read: {
        "gcp-peer-back": {
          resource: {
            google_compute_network_peering: {
              atlas: [
                {
                  name: "atlas-99439011",
                  network: own,
                  peer_network: `projects/${atlasProject}/global/networks/${atlasNetwork}`.normalize(),
                },
              ],
            },
          },
        },
        "gcp-firewall": {
          variable: { priority: [{ type: "${number}" }] },
          resource: {
            google_compute_firewall: {
              atlas: [
                {
                  name: "allow-atlas-3c4d5e01",
                  project,
                  network: own,
                  priority: "${var.priority}",
                  direction: "EGRESS",
                  destination_ranges: [block],
                  allow: [{ protocol: "tcp", ports: ["27015-27017"] }],
                },
              ],
            },
          },
        },
        "gcp-blocks": {
          data: {
            google_compute_network: { atlas: [{ project, name: network }] },
            google_compute_subnetwork: {
              atlas: [
                {
                  for_each: "${toset(data.google_compute_network.atlas.subnetworks_self_links)}",
                  self_link: "${each.value}",
                },
              ],
            },
          },
          output: {
            blocks: [
              {
                value:
                  "${flatten([for one in data.google_compute_subnetwork.atlas : [one.ip_cidr_range, one.secondary_ip_range[*].ip_cidr_range]])}",
              },
            ],
          },
        },
        "gcp-custom-routes": {
          resource: {
            google_compute_network_peering: {
              atlas: [
                {
                  name: "atlas-99439011",
                  network: own,
                  peer_network: `projects/${atlasProject}/global/networks/${atlasNetwork}`.normalize(),
                  import_custom_routes: true,
                  export_custom_routes: true,
                },
              ],
            },
          },
        },
        "gcp-least-reach": {
          variable: { least_reach_priority: [{ type: "${number}" }] },
          resource: {
            google_compute_firewall: {
              atlas_out: [
                {
                  name: "atlas-least-out-3c4d5e01",
                  project,
                  network: own,
                  priority: "${var.least_reach_priority}",
                  direction: "EGRESS",
                  destination_ranges: [block],
                  allow: [{ protocol: "tcp", ports: ["27015-27017"] }],
                },
              ],
              atlas_out_else: [
                {
                  name: "atlas-least-out-else-3c4d5e01",
                  project,
                  network: own,
                  priority: "${var.least_reach_priority + 1}",
                  direction: "EGRESS",
                  destination_ranges: [block],
                  deny: [{ protocol: "all" }],
                },
              ],
              atlas_in: [
                {
                  name: "atlas-least-in-3c4d5e01",
                  project,
                  network: own,
                  priority: "${var.least_reach_priority}",
                  direction: "INGRESS",
                  source_ranges: [block],
                  deny: [{ protocol: "all" }],
                },
              ],
            },
          },
        },
      },
    }
  })

const ofAzure = fc
  .record({ azureSubscriptionId: value, resourceGroupName: value, vnetName: value, atlasCidrBlock: value })
  .map((values): Case => {
    const { azureSubscriptionId, resourceGroupName, vnetName, atlasCidrBlock } = toRead(values)
    const scope =
      `/subscriptions/${azureSubscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/virtualNetworks/${vnetName}`.normalize()
    return {
      peer: { ...azure, ...values },
      container: { ...azureContainer, atlasCidrBlock: values.atlasCidrBlock },
      read: {
        "azure-service-principal": {
          resource: {
            azuread_service_principal: {
              atlas: [{ client_id: "e90a1407-55c3-432d-9cb1-3638900a9d22", use_existing: true }],
            },
          },
        },
        "azure-role": {
          resource: {
            azurerm_role_definition: {
              atlas: [
                {
                  name: `AtlasPeering/${azureSubscriptionId}/${resourceGroupName}/${vnetName}`.normalize(),
                  scope,
                  assignable_scopes: [scope],
                  permissions: [
                    {
                      actions: [
                        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
                        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
                        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
                        "Microsoft.Network/virtualNetworks/peer/action",
                      ],
                    },
                  ],
                },
              ],
            },
          },
        },
        "azure-role-assignment": {
          resource: {
            azurerm_role_assignment: {
              atlas: [
                {
                  scope,
                  role_definition_id: "${azurerm_role_definition.atlas.role_definition_resource_id}",
                  principal_id: "${azuread_service_principal.atlas.object_id}",
                },
              ],
            },
          },
        },
        "azure-network-security-group": {
          variable: {
            network_security_group: [{ type: "${string}" }],
            priority: [{ type: "${number}" }],
          },
          resource: {
            azurerm_network_security_rule: {
              atlas: [
                {
                  name: "allow-atlas-99439011",
                  resource_group_name: resourceGroupName,
                  network_security_group_name: "${var.network_security_group}",
                  priority: "${var.priority}",
                  direction: "Outbound",
                  access: "Allow",
                  protocol: "Tcp",
                  source_address_prefix: "*",
                  source_port_range: "*",
                  destination_address_prefix: atlasCidrBlock,
                  destination_port_range: "27015-27017",
                },
              ],
            },
          },
        },
        "azure-least-reach": {
          variable: {
            least_reach_security_group: [{ type: "${string}" }],
            least_reach_priority: [{ type: "${number}" }],
          },
          resource: {
            azurerm_network_security_rule: Object.fromEntries(
              (
                [
                  ["out", "", "Outbound", "Allow", "Tcp", "27015-27017", "*", atlasCidrBlock],
                  ["out-else", " + 1", "Outbound", "Deny", "*", "*", "*", atlasCidrBlock],
                  ["in", "", "Inbound", "Deny", "*", "*", atlasCidrBlock, "*"],
                ] as const
              ).map(([end, at, direction, access, protocol, ports, source, destination]) => [
                `atlas_${end.replace("-", "_")}`,
                [
                  {
                    name: `atlas-least-${end}-99439011`,
                    resource_group_name: resourceGroupName,
                    network_security_group_name: "${var.least_reach_security_group}",
                    priority: `\${var.least_reach_priority${at}}`,
                    direction,
                    access,
                    protocol,
                    source_port_range: "*",
                    destination_port_range: ports,
                    source_address_prefix: source,
                    destination_address_prefix: destination,
                  },
                ],
              ]),
            ),
          },
        },
        "azure-blocks": {
          data: {
            azurerm_virtual_network: {
              atlas: [{ name: vnetName, resource_group_name: resourceGroupName }],
            },
          },
          output: { blocks: [{ value: "${data.azurerm_virtual_network.atlas.address_space}" }] },
        },
      },
    }
  })

function normalize(read: unknown): unknown {
  return JSON.parse(JSON.stringify(read), (_, one: unknown) =>
    typeof one === "string" ? one.normalize() : one,
  )
}

describe.each([
  ["AWS", ofAws],
  ["Google Cloud", ofGcp],
  ["Azure", ofAzure],
])("Terraform on %s, read by its own parser", (_, cases) => {
  test("is read as the intended resources, for any names", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ peer, container, read }) => {
        const texts = toRunbook(peer, container).flatMap(({ id, instructions }) =>
          instructions.filter(({ tool }) => tool === "terraform").map(({ text }) => [id, text] as const),
        )
        const parsed = texts.map(async ([id, text]) => [id, normalize(await parseHcl(`${id}.tf`, text))])
        expect(Object.fromEntries((await Promise.all(parsed)) as [string, unknown][])).toEqual(read)
        // All of them may stand in one file.
        const whole = (await parseHcl("all.tf", texts.map(([, text]) => text).join("\n"))) as object
        expect(whole).toHaveProperty("resource")
      }),
      { numRuns: 40 },
    )
  })
})
