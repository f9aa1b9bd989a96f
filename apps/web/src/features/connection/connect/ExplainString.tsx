import type { Cluster } from "@peering-desk/shared-schemas"
import { explainConnectionString, removeSecrets } from "@peering-desk/peering-rules"
import { useState } from "react"
import { ReadingNotice } from "#shared/ReadingNotice.tsx"
import { TextArea } from "#ui/fields/TextArea.tsx"

/** Explains a connection string that a person has. User and password leave the field at once, and nothing is sent. */
export function ExplainString({
  context,
  clusters,
}: {
  context: Parameters<typeof explainConnectionString>[1]
  clusters: readonly Cluster[]
}) {
  const [shown, setShown] = useState(() => removeSecrets(""))
  const reading = shown.text.trim() === "" ? null : explainConnectionString(shown.text, context, clusters)
  return (
    <details className="fold apart">
      <summary>Check the string you use</summary>
      <div className="stack gap-8">
        <TextArea
          label="Connection string"
          hint="Checked in this page only, not sent anywhere. User and password are removed."
          rows={2}
          value={shown.text}
          onChange={(event) => {
            const safe = removeSecrets(event.target.value)
            setShown((last) => ({
              ...safe,
              hadSecret: safe.hadSecret || (last.hadSecret && safe.text !== ""),
            }))
          }}
        />
        <div aria-live="polite" className="stack gap-8">
          {shown.hadSecret && <p>User and password were removed from the field.</p>}
          {reading !== null && <ReadingNotice reading={reading} />}
        </div>
      </div>
    </details>
  )
}
