import type { Reading } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { Notice } from "#ui/Notice.tsx"

const tones = { works: "works", "not-yet": "you", unreadable: "info", "cannot-be-told": "info" } as const

/** The meaning of a pasted text, and what to do next. */
export function ReadingNotice({ reading, actions }: { reading: Reading; actions?: ReactNode }) {
  return (
    <Notice tone={tones[reading.verdict]} title={reading.says} actions={actions}>
      {reading.next !== null && <p>{reading.next}</p>}
    </Notice>
  )
}
