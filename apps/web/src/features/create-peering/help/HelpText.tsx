import type { ProviderName } from "@peering-desk/shared-schemas"
import { CopyButton } from "#ui/CopyButton.tsx"
import { fieldHelp } from "./field-help.ts"
import styles from "./help.module.css"

/** Says where to find the value of a field. */
export function HelpText({ cloud, field }: { cloud: ProviderName; field: string }) {
  const help = fieldHelp[cloud][field]
  if (help === undefined) return null
  return (
    <>
      <p>{help.what}</p>
      <p className={styles.path}>{help.path}</p>
      <div className={styles.command}>
        <code>{help.command}</code>
        <CopyButton value={help.command} label="command" />
      </div>
    </>
  )
}
