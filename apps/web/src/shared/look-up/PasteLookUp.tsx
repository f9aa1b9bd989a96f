import { buildLookUpScript, type LookUpSubject } from "@peering-desk/peering-rules"
import { useState } from "react"
import { toProblemWords } from "#copy/problems.ts"
import { LookUpScript } from "./LookUpScript.tsx"
import { Button } from "#ui/Button.tsx"
import { TextArea } from "#ui/fields/TextArea.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** The script that reads a network in its cloud, and a field that takes what it printed. Nothing for a network without a script. */
export function PasteLookUp({
  subject,
  paste,
  sentWords,
}: {
  subject: LookUpSubject
  /** Sends the output. */
  paste: {
    mutate: (text: string, then: { onSuccess: () => void }) => void
    isPending: boolean
    isSuccess: boolean
    error: Error | null
  }
  /** Shown once the output was taken. */
  sentWords: string
}) {
  const [text, setText] = useState("")
  const script = buildLookUpScript(subject)
  const canSend = text.trim() !== "" && !paste.isPending
  if (script === null) return null
  return (
    <div className="stack gap-10">
      <LookUpScript providerName={subject.providerName} script={script} />
      <form
        className="stack gap-8"
        onSubmit={(event) => {
          event.preventDefault()
          if (canSend) paste.mutate(text, { onSuccess: () => setText("") })
        }}
      >
        <TextArea
          label="Result"
          hint="Paste all that the script printed."
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="row">
          <Button type="submit" aria-disabled={!canSend}>
            {paste.isPending ? "Sending…" : "Send result"}
          </Button>
          <output className="strong">{paste.isSuccess && sentWords}</output>
        </div>
      </form>
      {paste.error !== null && <ProblemNotice {...toProblemWords(paste.error)} announce />}
    </div>
  )
}
