import type { Reading } from "@peering-desk/peering-rules"
import { useState, type ReactNode } from "react"
import { TextArea } from "#ui/fields/TextArea.tsx"
import { ReadingNotice } from "./ReadingNotice.tsx"

/** A text area for a command's output, which is read in this page and sent nowhere, and the result. */
export function PasteReading<Result extends Reading>({
  label,
  hint,
  read,
  onPaste,
  toActions,
}: {
  label: string
  hint: string
  read: (text: string) => Result
  /** Gets each text that is read. */
  onPaste?: ((text: string) => void) | undefined
  /** Buttons that lead on from a result. */
  toActions?: (reading: Result) => ReactNode
}) {
  const [text, setText] = useState("")
  const reading = text.trim() === "" ? null : read(text)
  return (
    <div className="stack gap-12 above-12 items-start wide-parts">
      <TextArea
        label={label}
        hint={hint}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          if (target.value.trim() !== "") onPaste?.(target.value)
        }}
      />
      <div aria-live="polite">
        {reading !== null && <ReadingNotice reading={reading} actions={toActions?.(reading)} />}
      </div>
    </div>
  )
}
