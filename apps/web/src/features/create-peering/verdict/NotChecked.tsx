import type { Container, PeeringDraft, SuggestedFix } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./verdict.module.css"

const cidrs = /\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}/g

/** Tells if the network's addresses are unknown, so that the overlap with the container can't be checked. */
export function isOverlapUnchecked({ providerName, networkBlocks }: PeeringDraft): boolean {
  return providerName !== "AWS" && (networkBlocks?.length ?? 0) === 0
}

/** Says that an overlap could not be checked, and takes the output of the command that lists the network's CIDRs. */
export function NotChecked({
  draft,
  container,
  onApply,
}: {
  draft: PeeringDraft
  container: Container | null
  onApply: (fix: SuggestedFix) => void
}) {
  const [isUnreadable, setUnreadable] = useState(false)
  const network = draft.request[draft.providerName === "GCP" ? "networkName" : "vnetName"] ?? ""
  const cidr = container?.atlasCidrBlock ?? draft.newContainer?.atlasCidrBlock ?? "the container"
  const command = buildCommand(draft)

  async function paste() {
    const text = await navigator.clipboard.readText().catch(() => "")
    const networkBlocks = [...new Set(text.match(cidrs))]
    setUnreadable(networkBlocks.length === 0)
    if (networkBlocks.length === 0) return
    const { request: _, newContainer: __, ...rest } = draft
    const change = { kind: "fill", draft: { ...rest, request: {}, networkBlocks } } as const
    onApply({ title: `Filled the CIDRs of ${network}`, why: "", cost: 0, change })
  }

  return (
    <>
      <p>
        Overlap with <code>{cidr}</code>: addresses of {network} unknown.
      </p>
      <div className={styles.howTo}>
        <p className={styles.quiet}>How to check</p>
        <div className={styles.command}>
          <code>{command}</code>
          <CopyButton value={command} label="command" />
        </div>
        <div className={styles.fix}>
          <span className={styles.quiet}>
            {isUnreadable ? "No CIDR on the clipboard. Type it into the form." : "Then paste the result."}
          </span>
          <Button size="small" onClick={() => void paste()}>
            <Icon name="paste" /> Paste
          </Button>
        </div>
      </div>
    </>
  )
}

/** Builds the command that prints the network's CIDRs. Both names are checked to need no quoting. */
function buildCommand({ providerName, request }: PeeringDraft): string {
  const quote = (text = "") => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)
  return providerName === "GCP"
    ? `gcloud compute networks subnets list --project=${quote(request["gcpProjectId"])} --network=${quote(request["networkName"])} --format="value(ipCidrRange)"`
    : `az network vnet show --subscription=${quote(request["azureSubscriptionId"])} --resource-group=${quote(request["resourceGroupName"])} --name=${quote(request["vnetName"])} --query=addressSpace.addressPrefixes`
}
