import type { AzurePeer, Container } from "@peering-desk/shared-schemas"
import { formatHclBlock, hcl } from "#formats/hcl.ts"
import { formatShellOption } from "#formats/shell.ts"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { toAzureRuleName } from "./cloud-names.ts"
import {
  askFor,
  atlasPorts,
  buildCommand,
  buildStep,
  fillIn,
  withholdCommands,
  type RunbookStep,
} from "./runbook-step.ts"
import { buildBlock, declareVariable, outputBlocks } from "./terraform.ts"

/** Lists the steps that give Atlas its role on the VNet *before* a peering is requested; without it Azure refuses Atlas. */
export function toAzurePermissionSteps(network: AzureNetwork): RunbookStep[] {
  return withholdCommands(toPermissionSteps(network), network)
}

function toPermissionSteps(network: AzureNetwork): RunbookStep[] {
  const scope = toVnetScope(network)
  const subscription = { subscription: network.azureSubscriptionId }
  const role = toAtlasRole(network)
  const vnet = fillIn(network.vnetName)
  const directory = fillIn(network.azureDirectoryId)
  const assignee = `--assignee=${atlasAzureApplicationId}`
  return [
    buildStep({
      id: "azure-service-principal",
      title: "Create the service principal",
      why: "Once per directory. If it says that the service principal is already in use, it exists: that is fine.",
      stage: "before",
      tools: {
        // Joined, since az login may ask for a subscription: it would read the next line of a paste as the answer.
        az: [
          `${buildCommand("az login", { tenant: directory })} &&`,
          `az ad sp create --id=${atlasAzureApplicationId}`,
        ],
        terraform: [
          buildBlock("resource", "azuread_service_principal", {
            client_id: atlasAzureApplicationId,
            use_existing: hcl("true"),
          }),
        ],
        console: [
          `Azure portal, directory ${directory}: Cloud Shell at the top, Bash (the portal has no page for this)`,
          `Run az ad sp create --id=${atlasAzureApplicationId}`,
          `Microsoft Entra ID, Enterprise applications: find ${atlasAzureApplicationId} and note its name`,
        ],
      },
    }),
    buildStep({
      id: "azure-role",
      title: "Create the role",
      why: 'Four permissions on this VNet only. A new role usually takes less than a minute to become active, at most 10. On a second run RoleDefinitionWithSameNameExists or "already exists" is fine.',
      stage: "before",
      tools: {
        az: [
          buildCommand("az role definition create", {
            ...subscription,
            "role-definition": JSON.stringify(role),
          }),
        ],
        terraform: [
          buildBlock(
            "resource",
            "azurerm_role_definition",
            { name: role.Name, scope, assignable_scopes: [scope] },
            [formatHclBlock("permissions", [], { actions: role.Actions })],
          ),
        ],
        console: [
          `Azure portal: Resource groups, ${fillIn(network.resourceGroupName)}, Access control (IAM), Add, Add custom role (not possible on a single VNet)`,
          `Custom role name: ${role.Name}; baseline permissions: Start from scratch`,
          `Permissions, Add permissions: ${role.Actions.join(", ")}`,
          "Review + create",
        ],
      },
    }),
    buildStep({
      id: "azure-role-assignment",
      title: "Assign the role",
      why: "Without it, Azure rejects the request: AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED.",
      stage: "before",
      tools: {
        az: [
          buildCommand("az role assignment create", { ...subscription, role: role.Name }, assignee, {
            scope,
          }),
        ],
        terraform: [
          buildBlock("resource", "azurerm_role_assignment", {
            scope,
            role_definition_id: hcl("azurerm_role_definition.atlas.role_definition_resource_id"),
            principal_id: hcl("azuread_service_principal.atlas.object_id"),
          }),
        ],
        console: [
          `Azure portal: Virtual networks, ${vnet}, Access control (IAM), Add, Add role assignment`,
          `Role: ${role.Name}`,
          `Members: User, group, or service principal; Select members: the name of ${atlasAzureApplicationId} in Enterprise applications`,
          "Review + assign",
        ],
      },
    }),
    buildStep({
      id: "azure-role-check",
      title: "Verify the assignment",
      why: "Paste the Azure CLI output to check it. Terraform's plan shows what is missing.",
      stage: "before",
      tools: {
        az: [
          buildCommand(
            "az role assignment list",
            subscription,
            assignee,
            { scope },
            "--include-inherited --output=json",
          ),
        ],
        console: [
          `Azure portal: Virtual networks, ${vnet}, Access control (IAM), Role assignments: look for ${role.Name} with Atlas's application`,
        ],
      },
    }),
  ]
}

/** Lists the steps on the Azure side: the permission first, outbound ports afterwards. Atlas does the rest. */
export function toAzureRunbook(peer: AzurePeer, container: Container | null): RunbookStep[] {
  const atlasCidr = container?.atlasCidrBlock ?? null
  const group = { subscription: peer.azureSubscriptionId, "resource-group": peer.resourceGroupName }
  return [
    ...toPermissionSteps(peer),
    toRoutesStep(peer, atlasCidr),
    buildStep({
      id: "azure-network-security-group",
      title: `Allow TCP ${atlasPorts.first}–${atlasPorts.last} out to ${atlasCidr ?? "the Atlas CIDR"}`,
      why: "Only if a network security group denies outbound traffic. NETWORK_SECURITY_GROUP is its name. The resource group is the VNet's: change it if the security group is in another. PRIORITY is a free number from 100 to 4096, lower than that of the denying rule.",
      stage: "after",
      waitsFor: atlasCidr === null && "Needs the Atlas CIDR.",
      tools: {
        az: [
          buildCommand(
            "az network nsg rule create",
            group,
            askFor("--nsg-name", "NETWORK_SECURITY_GROUP", "the network security group of the subnet"),
            `--name=${toAzureRuleName(peer)} ${askFor("--priority", "PRIORITY", "a free number from 100 to 4096")}`,
            "--direction=Outbound --access=Allow --protocol=Tcp",
            `${formatShellOption("--destination-address-prefixes", fillIn(atlasCidr))} --destination-port-ranges=${atlasPorts.range}`,
          ),
        ],
        terraform: [
          declareVariable("network_security_group", "string"),
          declareVariable("priority", "number"),
          buildBlock("resource", "azurerm_network_security_rule", {
            name: toAzureRuleName(peer),
            resource_group_name: peer.resourceGroupName,
            network_security_group_name: hcl("var.network_security_group"),
            priority: hcl("var.priority"),
            direction: "Outbound",
            access: "Allow",
            protocol: "Tcp",
            source_address_prefix: "*",
            source_port_range: "*",
            destination_address_prefix: atlasCidr,
            destination_port_range: atlasPorts.range,
          }),
        ],
        console: [
          "Azure portal: Network security groups, yours, Outbound security rules, Add",
          `Destination: IP Addresses, ${fillIn(atlasCidr)}, destination port ranges ${atlasPorts.range}, protocol TCP, action Allow`,
          `Priority: a free number lower than that of the denying rule; name ${toAzureRuleName(peer)}, then Add`,
        ],
      },
    }),
    buildStep({
      id: "azure-blocks",
      title: "Find the VNet's CIDRs",
      why: "Add them to the IP access list.",
      stage: "after",
      tools: {
        az: [
          buildCommand(
            "az network vnet show",
            { ...group, name: peer.vnetName },
            "--query=addressSpace.addressPrefixes --output=tsv",
          ),
        ],
        terraform: [
          buildBlock("data", "azurerm_virtual_network", {
            name: peer.vnetName,
            resource_group_name: peer.resourceGroupName,
          }),
          outputBlocks("data.azurerm_virtual_network.atlas.address_space"),
        ],
        console: [`Azure portal: Virtual networks, ${fillIn(peer.vnetName)}, Address space`],
      },
    }),
  ]
}

/** Azure routes to a peered network by itself. The commands only read: which routes something else needs, its owner knows. */
function toRoutesStep(peer: AzurePeer, atlasCidr: string | null): RunbookStep {
  const subscription = { subscription: peer.azureSubscriptionId }
  const vnet = { "resource-group": peer.resourceGroupName, "vnet-name": peer.vnetName }
  return buildStep({
    id: "azure-routes",
    title: `Remove routes that take ${atlasCidr ?? "the Atlas CIDR"} elsewhere`,
    why: "Azure routes to the peering by itself. Only a table's route for this CIDR, or for a part of it, takes the traffic elsewhere. The commands show the table of each subnet and the routes of each table, and change nothing. If nothing else needs such a route, remove it where it was made: in Terraform, in the portal, or by az network route-table route delete --ids with its id.",
    stage: "after",
    isOptional: true,
    waitsFor: atlasCidr === null && "Needs the Atlas CIDR.",
    tools: {
      az: [
        buildCommand("az network vnet subnet list", subscription, vnet, {
          query: "[].{subnet:name,table:routeTable.id}",
          output: "json",
        }),
        buildCommand("az network route-table list", subscription, {
          query: "[].{table:id,routes:routes[].{to:addressPrefix,target:nextHopType,id:id}}",
          output: "json",
        }),
      ],
      console: [
        `Azure portal: Virtual networks, ${fillIn(peer.vnetName)}, Subnets: open the route table of each subnet`,
        `Route table, Routes: look for ${fillIn(atlasCidr)} and parts of it`,
        "Delete such a route if nothing else needs it",
      ],
    },
  })
}
