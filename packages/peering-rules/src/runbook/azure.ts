import type { AzurePeer, Container } from "@peering-desk/shared-schemas"
import { formatShellOption } from "#formats/shell.ts"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { toAzureRuleName } from "./cloud-names.ts"
import { atlasPorts, buildCommand, buildStep, fillIn, type RunbookStep } from "./runbook-step.ts"
import { buildBlock, buildInnerBlock, declareVariable, hcl, outputBlocks } from "./terraform.ts"

/** Lists the steps that give Atlas its role on the VNet *before* a peering is requested; without it Azure refuses Atlas. */
export function toAzurePermissionSteps(network: AzureNetwork): RunbookStep[] {
  const scope = toVnetScope(network)
  const subscription = { subscription: network.azureSubscriptionId }
  const role = toAtlasRole(network)
  const vnet = fillIn(network.vnetName)
  const directory = fillIn(network.azureDirectoryId)
  const assignee = `--assignee=${atlasAzureApplicationId}`
  return [
    buildStep({
      id: "azure-service-principal",
      title: "Let Atlas's application into the directory",
      why: "Once for a directory. That it exists already is fine.",
      stage: "before",
      tools: {
        az: [
          buildCommand("az login", { tenant: directory }),
          `az ad sp create --id=${atlasAzureApplicationId}`,
        ],
        terraform: [
          buildBlock("resource", "azuread_service_principal", {
            client_id: atlasAzureApplicationId,
            use_existing: hcl("true"),
          }),
        ],
        console: [
          `Azure portal, directory ${directory}: Cloud Shell at the top, Bash; no page of the portal lets in an application of others`,
          `Run az ad sp create --id=${atlasAzureApplicationId}`,
          `Microsoft Entra ID, Enterprise applications: look up ${atlasAzureApplicationId}, and note the name that it has there`,
        ],
      },
    }),
    buildStep({
      id: "azure-role",
      title: "Make the role",
      why: "Four rights on this one VNet and nothing else. That it exists already is fine; a new one takes about 20 seconds to spread.",
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
            [buildInnerBlock("permissions", { actions: role.Actions })],
          ),
        ],
        console: [
          `Azure portal: Resource groups, ${fillIn(network.resourceGroupName)}, Access control (IAM), Add, Add custom role; the portal makes none on a single VNet`,
          `Custom role name: ${role.Name}; baseline permissions: Start from scratch`,
          `Permissions, Add permissions: ${role.Actions.join(", ")}`,
          "Review + create",
        ],
      },
    }),
    buildStep({
      id: "azure-role-assignment",
      title: "Give the role to Atlas on the VNet",
      why: "Atlas acts as this application. Without it the request is refused: AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED.",
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
          `Members: User, group, or service principal; Select members: the name that Enterprise applications has for ${atlasAzureApplicationId}`,
          "Review + assign",
        ],
      },
    }),
    buildStep({
      id: "azure-role-check",
      title: "See that it is there",
      why: "Paste what the Azure CLI prints into the checker: it says whether Atlas may peer with this VNet. Terraform's plan shows by itself what is missing.",
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
          `Azure portal: Virtual networks, ${vnet}, Access control (IAM), Role assignments: ${role.Name} is there, with Atlas's application`,
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
    ...toAzurePermissionSteps(peer),
    buildStep({
      id: "azure-network-security-group",
      title: `Let ports ${atlasPorts.first}–${atlasPorts.last} out`,
      why: "Only where a network security group of yours denies outbound traffic; Azure allows it within peered networks otherwise. PRIORITY is a free one, from 100 to 4096, below that of the rule which denies.",
      stage: "after",
      waitsFor: atlasCidr === null && "Atlas's block has to be known.",
      tools: {
        az: [
          buildCommand(
            "az network nsg rule create",
            group,
            '--nsg-name="$NETWORK_SECURITY_GROUP"',
            `--name=${toAzureRuleName(peer)} --priority="$PRIORITY"`,
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
          `Priority: a free one below that of the rule which denies; name ${toAzureRuleName(peer)}, then Add`,
        ],
      },
    }),
    buildStep({
      id: "azure-blocks",
      title: "Look up the VNet's blocks",
      why: "They go into Atlas's access list; Atlas does not tell them.",
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
