import type { Reading } from "@peering-desk/peering-rules"
import { useState } from "react"
import { Notice } from "#ui/Notice.tsx"
import { TextArea } from "#ui/fields/TextArea.tsx"
import styles from "./PasteReading.module.css"

const tones = { works: "works", "not-yet": "you", unreadable: "info" } as const

/** A text area for a command's output, which is read in this page and sent nowhere, and the result. */
export function PasteReading({
  label,
  hint,
  read,
}: {
  label: string
  hint: string
  read: (text: string) => Reading
}) {
  const [text, setText] = useState("")
  const reading = text.trim() === "" ? null : read(text)
  return (
    <div className={styles.paste}>
      <TextArea label={label} hint={hint} value={text} onChange={(event) => setText(event.target.value)} />
      <div aria-live="polite">
        {reading !== null && (
          <Notice tone={tones[reading.verdict]} title={reading.says}>
            {reading.next !== null && <p>{reading.next}</p>}
          </Notice>
        )}
      </div>
    </div>
  )
}
