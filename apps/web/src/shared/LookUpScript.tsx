import type { ProviderName } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { CopyButton } from "#ui/CopyButton.tsx"

const places = {
  AWS: "AWS CloudShell, or a shell with the AWS CLI",
  GCP: "Cloud Shell, or a shell with gcloud",
  AZURE: "Azure Cloud Shell (Bash), or a shell with the Azure CLI",
} as const

/** The script that reads a network with the cloud's own tool, to copy. */
export function LookUpScript({ providerName, script }: { providerName: ProviderName; script: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="beside split">
        <span>Run the script in {places[providerName]}</span>
        <CopyButton value={script} label="look-up script" />
      </summary>
      {isOpen && <pre className="raw-text">{script}</pre>}
    </details>
  )
}
