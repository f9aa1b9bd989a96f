import { readRoleAssignments, type AzureNetwork } from "@peering-desk/peering-rules"
import { PasteReading } from "./PasteReading.tsx"

/** Reads from Azure's role assignments if Atlas may peer with the VNet. */
export function AzureCheck({
  network,
  onPaste,
}: {
  network: AzureNetwork
  /** Gets the output; without it nothing but the result is shown. */
  onPaste?: (text: string) => void
}) {
  return (
    <PasteReading
      label="Output of az role assignment list"
      hint={onPaste === undefined ? "Checked in your browser, not sent" : "The checks beside the form use it"}
      read={(text) => readRoleAssignments(text, network)}
      onPaste={onPaste}
    />
  )
}
