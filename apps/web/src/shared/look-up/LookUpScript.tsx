import type { ProviderName } from "@peering-desk/shared-schemas"
import { saveFile } from "#shared/save-file.ts"
import { Button } from "#ui/Button.tsx"
import { CopyOutcome } from "#ui/CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import styles from "./LookUpScript.module.css"

const places = { AWS: "AWS CloudShell", GCP: "Cloud Shell", AZURE: "Azure Cloud Shell (Bash)" } as const

const shownLines = 3

/** The script that reads a network with the cloud's own tool: its first lines, the whole to copy or save. */
export function LookUpScript({ providerName, script }: { providerName: ProviderName; script: string }) {
  const { copied, copy } = useCopy(script)
  const lines = script.split("\n")
  return (
    <div className="narrow code clip">
      <div className={`row split line-below small quiet gap-4 gap-x-8 ${styles.head}`}>
        <span>
          Read-only script for {places[providerName]} · {lines.length} lines
        </span>
        <span className="flow">
          <Button
            size="small"
            onClick={() => saveFile(script, { name: "look-up.sh", type: "text/x-shellscript" })}
          >
            Download
          </Button>
          <Button size="small" onClick={copy}>
            {copied === "no" ? "Copy script" : copied === "yes" ? "Copied" : "Can't copy"}
          </Button>
          <CopyOutcome copied={copied} what="Look-up script" />
        </span>
      </div>
      <pre className={`flat raw-text pad-y-10 pad-x-12 clip ${styles.lines}`}>
        {lines.slice(0, shownLines).join("\n")}
        {"\n"}
        <span className="faint">{lines.length - shownLines} more lines</span>
      </pre>
    </div>
  )
}
