import { useState } from "react"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextArea } from "#ui/fields/TextArea.tsx"

/** Sends the output of a look-up script. */
export interface Paste {
  mutate: (text: string, then: { onSuccess: () => void }) => void
  isPending: boolean
  isSuccess: boolean
  error: Error | null
}

/** A field that takes what a look-up script printed. */
export function PasteAnswer({
  paste,
  sentWords,
  hasFocus = false,
}: {
  paste: Paste
  /** Shown once the output was taken. */
  sentWords: string
  /** It appears on request, and takes the focus. */
  hasFocus?: boolean
}) {
  const [text, setText] = useState("")
  const canSend = text.trim() !== "" && !paste.isPending
  return (
    <>
      <Form className="stack gap-8" onSubmit={() => paste.mutate(text, { onSuccess: () => setText("") })}>
        <TextArea
          label="Result"
          hint="Paste all that the script printed."
          ref={hasFocus ? focus : undefined}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="row">
          <Button type="submit" isBusy={!canSend}>
            {paste.isPending ? "Sending…" : "Send result"}
          </Button>
          <output className="strong">{paste.isSuccess && sentWords}</output>
        </div>
      </Form>
      <Failure error={paste.error} />
    </>
  )
}

const focus = (field: HTMLElement | null) => field?.focus()
