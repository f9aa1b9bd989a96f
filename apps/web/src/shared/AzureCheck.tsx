import { readRoleAssignments, type AzureNetwork } from "@peering-desk/peering-rules"
import { PasteReading } from "./PasteReading.tsx"

/** Reads from Azure's role assignments if Atlas may peer with the VNet. */
export function AzureCheck({ network }: { network: AzureNetwork }) {
  return (
    <PasteReading
      label="What az role assignment list printed"
      hint="It is read here in this page and goes nowhere"
      read={(text) => readRoleAssignments(text, network)}
    />
  )
}
