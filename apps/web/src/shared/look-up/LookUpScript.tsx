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
    <div className="beside split">
      <details className="grow narrow" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Run the script in {places[providerName]}</summary>
        {isOpen && <pre className="raw-text">{script}</pre>}
      </details>
      {/* Beside the summary: a button in it would be one in another. */}
      <div className="still">
        <CopyButton value={script} label="look-up script" />
      </div>
    </div>
  )
}
