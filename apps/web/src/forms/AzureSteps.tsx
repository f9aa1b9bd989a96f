import { toAzurePermissionSteps, type AzureNetwork } from "@peering-desk/peering-rules"
import { CopyBlock } from "#ui/CopyBlock.tsx"

/** The commands that give Atlas its permission on a VNet, with the values that were filled in. */
export function AzureSteps({ network }: { network: AzureNetwork }) {
  return (
    <details>
      <summary>Give Atlas the permission on {network.vnetName}</summary>
      {toAzurePermissionSteps(network).map(({ id, title, instructions }) => {
        const command = instructions.find(({ tool }) => tool === "az")
        return command && <CopyBlock key={id} label={title} about="Azure CLI" text={command.text} />
      })}
    </details>
  )
}
