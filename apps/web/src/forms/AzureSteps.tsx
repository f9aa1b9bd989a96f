import type { AzureNetwork } from "@peering-desk/peering-rules"
import { AzureStepList } from "./AzureStepList.tsx"

/** How Atlas gets its permission on a VNet, folded until somebody wants to know. */
export function AzureSteps({ network }: { network: AzureNetwork }) {
  return (
    <details>
      <summary>Give Atlas the permission on {network.vnetName}</summary>
      <AzureStepList network={network} />
    </details>
  )
}
