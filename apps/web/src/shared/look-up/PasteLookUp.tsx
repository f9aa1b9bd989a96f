import { buildLookUpScript, type LookUpSubject } from "@peering-desk/peering-rules"
import { LookUpScript } from "./LookUpScript.tsx"
import { PasteAnswer, type Paste } from "./PasteAnswer.tsx"

/** The script that reads a network in its cloud, and a field that takes what it printed. Nothing for a network without a script. */
export function PasteLookUp({
  subject,
  paste,
  sentWords,
  hasFocus = false,
}: {
  subject: LookUpSubject
  paste: Paste
  /** Shown once the output was taken. */
  sentWords: string
  hasFocus?: boolean
}) {
  const script = buildLookUpScript(subject)
  if (script === null) return null
  return (
    <div className="stack gap-10">
      <LookUpScript providerName={subject.providerName} script={script} />
      <PasteAnswer paste={paste} sentWords={sentWords} hasFocus={hasFocus} />
    </div>
  )
}
