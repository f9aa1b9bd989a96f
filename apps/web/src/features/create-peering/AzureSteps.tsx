import { toAzurePermissionSteps, type AzureNetwork } from "@peering-desk/peering-rules"
import { AzureCheck } from "#forms/AzureCheck.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import styles from "./create-peering.module.css"

/** Gives Atlas its role on a VNet, command by command, and reads whether it has it. */
export function AzureSteps({ network }: { network: AzureNetwork }) {
  return (
    <>
      <ol className={styles.permissionSteps}>
        {toAzurePermissionSteps(network).map(({ id, title, why, instructions }) => (
          <li key={id}>
            <p>
              <strong>{title}.</strong> {why}
            </p>
            {instructions.map(({ tool, text }) => (
              <CopyBlock
                key={tool}
                label={tool === "az" ? "Azure CLI" : "Terraform"}
                about={title}
                text={text}
              />
            ))}
          </li>
        ))}
      </ol>
      <AzureCheck network={network} />
    </>
  )
}
