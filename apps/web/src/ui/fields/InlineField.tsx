import { useId, useRef, useState } from "react"
import { Button } from "#ui/Button.tsx"

/** A line of text with its label before it and its button after it, inside a page or another form. Enter does what the button does. */
export function InlineField({
  label,
  act,
  check,
  isBusy,
  onSend,
}: {
  label: string
  /** The button's text. */
  act: string
  /** Explains what is wrong with the text; undefined when nothing is. */
  check: (text: string) => string | undefined
  isBusy: boolean
  /** Sends a text without a mistake. `clear` empties the field. */
  onSend: (text: string, clear: () => void) => void
}) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState("")
  const [wrong, setWrong] = useState<string | undefined>()

  function send() {
    const mistake = check(text)
    setWrong(mistake)
    if (mistake !== undefined) input.current?.focus()
    else if (!isBusy) onSend(text.trim(), () => setText(""))
  }

  return (
    <div className="row gap-6 gap-x-10">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        className="narrow edge-control rounded-s on-card high-32 pad-y-4 pad-x-10"
        value={text}
        readOnly={isBusy}
        aria-describedby={wrong === undefined ? undefined : `${id}-error`}
        aria-invalid={wrong !== undefined}
        onChange={(event) => {
          setText(event.target.value)
          setWrong(undefined)
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return
          // The form around it is not sent.
          event.preventDefault()
          send()
        }}
      />
      <Button size="small" isBusy={isBusy} onClick={send}>
        {act}
      </Button>
      {wrong !== undefined && (
        <span id={`${id}-error`} className="quiet small">
          {wrong}
        </span>
      )}
    </div>
  )
}
