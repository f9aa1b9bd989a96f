import type { NetworkFacts } from "@peering-desk/shared-schemas"
import type { AzureNetwork } from "#runbook/azure-permission.ts"
import { listPastedAssignments } from "#runbook/read-role-assignments.ts"
import { mergeFacts } from "./merge-facts.ts"
import { toFacts, toWord } from "./words.ts"

/**
 * Adds what `az role assignment list` prints of a VNet to what is known of it. Null for an output that doesn't tell.
 * @param known facts of a draft; those of another VNet are dropped
 * @param now time of the paste, in milliseconds
 */
export function addRoleFacts(
  text: string,
  network: AzureNetwork,
  known: NetworkFacts | null,
  now: number,
): NetworkFacts | null {
  const assignments = listPastedAssignments(text, network)
  const { azureSubscriptionId: account, resourceGroupName: resourceGroup, vnetName: name } = network
  if (assignments === null || account == null || resourceGroup == null || name == null) return null
  const roles = assignments.map(({ roleDefinitionName, scope }) => ({
    role: toWord(roleDefinitionName),
    scope: toWord(scope),
  }))
  const pasted = toFacts(
    "AZURE",
    { account, resourceGroup, network: name, roles },
    { at: new Date(now).toISOString() },
  )
  const isSame = known?.providerName === "AZURE" && known.network?.value.toLowerCase() === name.toLowerCase()
  return mergeFacts(isSame ? [pasted, known] : [pasted], now).facts
}
