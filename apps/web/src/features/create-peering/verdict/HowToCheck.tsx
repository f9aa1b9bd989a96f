import { readPasted } from "@peering-desk/peering-rules"
import type { Check, PeeringDraft, SuggestedFix } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./verdict.module.css"

const cidrs = /\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}/g

/** Shows the command that lists the CIDRs of the network, or of its peers, and fills its output into the form. */
export function HowToCheck({
  check: { command = "", field },
  draft: { providerName },
  onApply,
}: {
  check: Check
  draft: PeeringDraft
  onApply: (fix: SuggestedFix) => void
}) {
  const [isUnreadable, setUnreadable] = useState(false)
  const isOfPeers = field === "peeredBlocks"

  async function paste() {
    const text = await navigator.clipboard.readText().catch(() => "")
    const blocks = isOfPeers ? readPeeredBlocks(text) : readBlocks(text)
    setUnreadable(blocks.length === 0)
    if (blocks.length === 0) return
    const filled = isOfPeers ? { peeredBlocks: blocks } : { networkBlocks: blocks }
    const change = { kind: "fill", draft: { providerName, request: {}, ...filled } } as const
    const title = isOfPeers ? "Filled the CIDRs of other peered networks" : "Filled the network's CIDRs"
    onApply({ title, why: "", cost: 0, change })
  }

  return (
    <div className={`grid gap-8 ${styles.howTo}`}>
      <p className={styles.quiet}>How to check</p>
      <div className="beside split top ink">
        <code>{command}</code>
        <CopyButton value={command} label={isOfPeers ? "command for other peerings" : "command"} />
      </div>
      <div className={`row split ${styles.fix}`}>
        <span className={styles.quiet}>
          {isUnreadable ? "No CIDR on the clipboard. Type it into the form." : "Then paste the result."}
        </span>
        <Button
          size="small"
          aria-label={isOfPeers ? "Paste other peerings" : "Paste"}
          onClick={() => void paste()}
        >
          <Icon name="paste" /> Paste
        </Button>
      </div>
    </div>
  )
}

function readBlocks(text: string): string[] {
  return [...new Set(text.match(cidrs))]
}

/** Reads the command's output, an empty list when there are no peerings, or plain CIDRs. Other CIDRs may be the network's own. */
function readPeeredBlocks(text: string): string[] {
  if (text.trim() === "[]") return ["none"]
  return readPasted(text).fields.peeredBlocks ?? (/^[\d./,;\s"'[\]]*$/.test(text) ? readBlocks(text) : [])
}
