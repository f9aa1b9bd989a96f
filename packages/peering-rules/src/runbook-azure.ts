import type { AzurePeer, Container } from "@peering-desk/shared-schemas"
import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { toAzureRole, toAzureRoleAssignment, toAzureServicePrincipal } from "./runbook-terraform.ts"
import { atlasPorts, notYetKnown, type RunbookStep } from "./runbook-step.ts"
import { toShellCommand, toShellOption } from "./shell-words.ts"

/** The permission that Atlas needs on the VNet *before* a connection is asked for; without it Azure refuses Atlas. */
export function toAzurePermissionSteps(network: AzureNetwork): RunbookStep[] {
  const scope = toVnetScope(network)
  const subscription = toShellOption("--subscription", network.azureSubscriptionId ?? notYetKnown)
  const role = toAtlasRole(network)
  const assignee = `--assignee=${atlasAzureApplicationId}`
  return [
    {
      id: "azure-service-principal",
      title: "Let Atlas's application into the directory",
      why: `Once for a directory (tenant ${network.azureDirectoryId ?? notYetKnown}). That it exists already is fine.`,
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "az",
          text: [
            toShellCommand(["az login", toShellOption("--tenant", network.azureDirectoryId ?? notYetKnown)]),
            `az ad sp create --id=${atlasAzureApplicationId}`,
          ].join("\n"),
        },
        { tool: "terraform", text: toAzureServicePrincipal() },
      ],
    },
    {
      id: "azure-role",
      title: "Make the role",
      why: "Four rights on this one VNet and nothing else. A new role takes about 20 seconds to spread.",
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
      ],
    },
    {
      id: "azure-role-check",
      title: "See that it is there",
      why: "Paste what this prints into the checker: it says whether Atlas may peer with this VNet.",
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
      ],
    },
  ]
}

/** What the Azure side of a connection needs: the permission before it, and outbound ports after it. Atlas does the rest by itself. */
export function toAzureRunbook(peer: AzurePeer, container: Container | null): RunbookStep[] {
  const atlasCidr = container?.atlasCidrBlock ?? null
  return [
    ...toAzurePermissionSteps(peer),
    {
      id: "azure-network-security-group",
      title: `Let ports ${atlasPorts.first}–${atlasPorts.last} out`,
      why: "Only where a network security group of yours denies outbound traffic; Azure allows it within peered networks otherwise.",
      stage: "after",
      waitsFor: atlasCidr === null ? "Atlas's block has to be known." : null,
      instructions: [
        {
          tool: "az",
          text: toShellCommand([
            "az network nsg rule create",
            toShellOption("--subscription", peer.azureSubscriptionId ?? notYetKnown),
            toShellOption("--resource-group", peer.resourceGroupName ?? notYetKnown),
            '--nsg-name="$NETWORK_SECURITY_GROUP"',
            "--name=allow-atlas --priority=200 --direction=Outbound --access=Allow --protocol=Tcp",
            `${toShellOption("--destination-address-prefixes", atlasCidr ?? notYetKnown)} --destination-port-ranges=${atlasPorts.first}-${atlasPorts.last}`,
          ]),
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
            toShellOption("--subscription", peer.azureSubscriptionId ?? notYetKnown),
            toShellOption("--resource-group", peer.resourceGroupName ?? notYetKnown),
            toShellOption("--name", peer.vnetName ?? notYetKnown),
            "--query=addressSpace.addressPrefixes --output=tsv",
          ]),
        },
      ],
    },
  ]
}
