import type { PeeringDraft, SuggestedFix } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./verdict.module.css"

const cidrs = /\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}/g

/** Shows the command that lists the network's CIDRs, and fills its output into the form. */
export function HowToCheck({
  command,
  draft,
  onApply,
}: {
  command: string
  draft: PeeringDraft
  onApply: (fix: SuggestedFix) => void
}) {
  const [isUnreadable, setUnreadable] = useState(false)

  async function paste() {
    const text = await navigator.clipboard.readText().catch(() => "")
    const networkBlocks = [...new Set(text.match(cidrs))]
    setUnreadable(networkBlocks.length === 0)
    if (networkBlocks.length === 0) return
    const { request: _, newContainer: __, ...rest } = draft
    const change = { kind: "fill", draft: { ...rest, request: {}, networkBlocks } } as const
    onApply({ title: "Filled the network's CIDRs", why: "", cost: 0, change })
  }

  return (
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
  )
}
