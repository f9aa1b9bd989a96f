import type { AzurePeer, Container } from "@peering-desk/shared-schemas"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { toAzureRuleName } from "./cloud-names.ts"
import {
  toAzureBlocks,
  toAzureRole,
  toAzureRoleAssignment,
  toAzureSecurityRule,
  toAzureServicePrincipal,
} from "./terraform.ts"
import { atlasPorts, fillIn, toWhole, type RunbookStep } from "./runbook-step.ts"
import { toShellCommand, toShellOption } from "#formats/shell-words.ts"

/** The permission that Atlas needs on the VNet *before* a connection is asked for; without it Azure refuses Atlas. */
export function toAzurePermissionSteps(network: AzureNetwork): RunbookStep[] {
  const scope = toVnetScope(network)
  const subscription = toShellOption("--subscription", fillIn(network.azureSubscriptionId))
  const role = toAtlasRole(network)
  const vnet = fillIn(network.vnetName)
  const assignee = `--assignee=${atlasAzureApplicationId}`
  const steps: RunbookStep[] = [
    {
      id: "azure-service-principal",
      title: "Let Atlas's application into the directory",
      why: "Once for a directory. That it exists already is fine.",
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: [
            toShellCommand(["az login", toShellOption("--tenant", fillIn(network.azureDirectoryId))]),
            `az ad sp create --id=${atlasAzureApplicationId}`,
          ].join("\n"),
        },
        { tool: "terraform", text: toAzureServicePrincipal() },
        {
          tool: "console",
          text: [
            `Azure portal, directory ${fillIn(network.azureDirectoryId)}: Cloud Shell at the top, Bash; no page of the portal lets in an application of others`,
            `Run az ad sp create --id=${atlasAzureApplicationId}`,
            `Microsoft Entra ID, Enterprise applications: look up ${atlasAzureApplicationId}, and note the name that it has there`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "azure-role",
      title: "Make the role",
      why: "Four rights on this one VNet and nothing else. That it exists already is fine; a new one takes about 20 seconds to spread.",
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az role definition create",
            subscription,
            toShellOption("--role-definition", JSON.stringify(role)),
          ]),
        },
        { tool: "terraform", text: toAzureRole(network) },
        {
          tool: "console",
          text: [
            `Azure portal: Resource groups, ${fillIn(network.resourceGroupName)}, Access control (IAM), Add, Add custom role; the portal makes none on a single VNet`,
            `Custom role name: ${role.Name}; baseline permissions: Start from scratch`,
            `Permissions, Add permissions: ${role.Actions.join(", ")}`,
            "Review + create",
          ].join("\n"),
        },
      ],
    },
    {
      id: "azure-role-assignment",
      title: "Give the role to Atlas on the VNet",
      why: "Atlas acts as this application. Without it the request is refused: AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED.",
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az role assignment create",
            subscription,
            toShellOption("--role", role.Name),
            assignee,
            toShellOption("--scope", scope),
          ]),
        },
        { tool: "terraform", text: toAzureRoleAssignment(network) },
        {
          tool: "console",
          text: [
            `Azure portal: Virtual networks, ${vnet}, Access control (IAM), Add, Add role assignment`,
            `Role: ${role.Name}`,
            `Members: User, group, or service principal; Select members: the name that Enterprise applications has for ${atlasAzureApplicationId}`,
            "Review + assign",
          ].join("\n"),
        },
      ],
    },
    {
      id: "azure-role-check",
      title: "See that it is there",
      why: "Paste what the Azure CLI prints into the checker: it says whether Atlas may peer with this VNet. Terraform's plan shows by itself what is missing.",
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az role assignment list",
            subscription,
            assignee,
            toShellOption("--scope", scope),
            "--include-inherited --output=json",
          ]),
        },
        {
          tool: "console",
          text: `Azure portal: Virtual networks, ${vnet}, Access control (IAM), Role assignments: ${role.Name} is there, with Atlas's application`,
        },
      ],
    },
  ]
  return steps.map(toWhole)
}

/** What the Azure side of a connection needs: the permission before it, and outbound ports after it. Atlas does the rest by itself. */
export function toAzureRunbook(peer: AzurePeer, container: Container | null): RunbookStep[] {
  const atlasCidr = container?.atlasCidrBlock ?? null
  return [
    ...toAzurePermissionSteps(peer),
    {
      id: "azure-network-security-group",
      title: `Let ports ${atlasPorts.first}–${atlasPorts.last} out`,
      why: "Only where a network security group of yours denies outbound traffic; Azure allows it within peered networks otherwise. PRIORITY is a free one, from 100 to 4096, below that of the rule which denies.",
      stage: "after",
      waitsFor: atlasCidr === null ? "Atlas's block has to be known." : null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az network nsg rule create",
            toShellOption("--subscription", fillIn(peer.azureSubscriptionId)),
            toShellOption("--resource-group", fillIn(peer.resourceGroupName)),
            '--nsg-name="$NETWORK_SECURITY_GROUP"',
            `--name=${toAzureRuleName(peer)} --priority="$PRIORITY"`,
            "--direction=Outbound --access=Allow --protocol=Tcp",
            `${toShellOption("--destination-address-prefixes", fillIn(atlasCidr))} --destination-port-ranges=${atlasPorts.first}-${atlasPorts.last}`,
          ]),
        },
        { tool: "terraform", text: toAzureSecurityRule(peer, container) },
        {
          tool: "console",
          text: [
            "Azure portal: Network security groups, yours, Outbound security rules, Add",
            `Destination: IP Addresses, ${fillIn(atlasCidr)}, destination port ranges ${atlasPorts.first}-${atlasPorts.last}, protocol TCP, action Allow`,
            `Priority: a free one below that of the rule which denies; name ${toAzureRuleName(peer)}, then Add`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "azure-blocks",
      title: "Look up the VNet's blocks",
      why: "They go into Atlas's access list; Atlas does not tell them.",
      stage: "after",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az network vnet show",
            toShellOption("--subscription", fillIn(peer.azureSubscriptionId)),
            toShellOption("--resource-group", fillIn(peer.resourceGroupName)),
            toShellOption("--name", fillIn(peer.vnetName)),
            "--query=addressSpace.addressPrefixes --output=tsv",
          ]),
        },
        { tool: "terraform", text: toAzureBlocks(peer) },
        {
          tool: "console",
          text: `Azure portal: Virtual networks, ${fillIn(peer.vnetName)}, Address space`,
        },
      ],
    },
  ]
}

/** Looks at the VNet's peerings as Azure has them. */
export function toAzureLook(peer: AzurePeer): string {
  return toShellCommand([
    "az network vnet peering list",
    toShellOption("--subscription", fillIn(peer.azureSubscriptionId)),
    toShellOption("--resource-group", fillIn(peer.resourceGroupName)),
    toShellOption("--vnet-name", fillIn(peer.vnetName)),
  ])
}
