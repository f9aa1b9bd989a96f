import { readRoleAssignments, type AzureNetwork } from "@peering-desk/peering-rules"
import { PasteReading } from "./PasteReading.tsx"

/** Reads from Azure's role assignments if Atlas may peer with the VNet. */
export function AzureCheck({ network }: { network: AzureNetwork }) {
  return (
    <PasteReading
      label="Output of az role assignment list"
      hint="Checked in your browser, not sent"
      read={(text) => readRoleAssignments(text, network)}
    />
  )
}
