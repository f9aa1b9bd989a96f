import {
  mergePasted,
  pastedSourceWords,
  readPastedFacts,
  type Pasted,
  type PastedField,
} from "@peering-desk/peering-rules"
import { useId, useState } from "react"
import { useNow } from "#ui/time/now.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { OpenFields } from "./OpenFields.tsx"
import { ReplaceQuestion } from "./ReplaceQuestion.tsx"
import styles from "./prefill.module.css"

/** Fills the form from an ARN, the output of a command line, Terraform or a resource id. Asks before it replaces a value. */
export function PasteArea() {
  const { forms, openTab, fill: fillPage } = useCreatePage()
  const id = useId()
  const now = useNow()
  const [text, setText] = useState("")
  const [pasted, setPasted] = useState<Pasted | null>(null)
  /** Waits for the person's answer, since it would replace values of the form. */
  const [waiting, setWaiting] = useState<Pasted | null>(null)
  const [isDone, setIsDone] = useState(false)

  function read(next: string) {
    setText(next)
    setWaiting(null)
    setIsDone(false)
    const found = next.trim() === "" ? null : readPastedFacts(next, now)
    setPasted(found)
    if (found?.choices.length === 0) offer(found)
  }

  function merge(found: Pasted, kept?: ReadonlySet<PastedField>) {
    const form = forms.get(found.providerName ?? openTab)
    if (form === undefined) return null
    const { draft, replaced } = mergePasted(form.read(), found, kept)
    return { draft, replaced: replaced.filter(({ field }) => form.isChosen(field)) }
  }

  /** Fills the form at once when no value is lost. */
  function offer(found: Pasted) {
    if (isEmpty(found)) return
    if (merge(found)?.replaced.length === 0) fill(found)
    else setWaiting(found)
  }

  function fill(found: Pasted, kept?: ReadonlySet<PastedField>) {
    const draft = merge(found, kept)?.draft
    if (draft !== undefined) fillPage("Filled from pasted text", draft)
    setWaiting(null)
    setIsDone(draft !== undefined)
  }

  return (
    <>
      <label htmlFor={id} className="strong">
        Paste text
      </label>
      <p id={`${id}-hint`} className="quiet small">
        The output of a look-up, an ARN, a resource ID, output of aws, gcloud or az, Terraform,
        CloudFormation, or a curl command.
      </p>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        className={`wide edge-control rounded-s on-card ${styles.text}`}
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => read(event.target.value)}
      />
      {pasted !== null && (
        <>
          <output>
            {isDone ? "Filled from " : "This is "}
            {pastedSourceWords[pasted.source]}.
          </output>
          {pasted.notes.length > 0 && (
            <ul className={`quiet small ${styles.notes}`}>
              {pasted.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {pasted !== null && pasted.choices.length > 0 && (
        <ul className="flow" aria-label="Choose one">
          {pasted.choices.map((choice) => (
            <li key={choice.title}>
              <Button
                size="small"
                onClick={() => {
                  setPasted(choice.pasted)
                  offer(choice.pasted)
                }}
              >
                {choice.title}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {pasted?.open !== undefined && (
        <OpenFields
          key={text}
          fields={pasted.open}
          onChoose={(field, value) =>
            offer({ ...pasted, fields: { request: { [field]: value }, newContainer: null } })
          }
        />
      )}
      {waiting !== null && (
        <ReplaceQuestion
          key={JSON.stringify(waiting.fields)}
          replaced={merge(waiting)?.replaced ?? []}
          onAnswer={(kept) => fill(waiting, kept)}
          onCancel={() => setWaiting(null)}
        />
      )}
    </>
  )
}

function isEmpty({ fields }: Pasted): boolean {
  return (
    Object.keys(fields.request).length === 0 &&
    fields.newContainer === null &&
    fields.networkBlocks === undefined &&
    fields.facts === undefined &&
    fields.peeredBlocks === undefined
  )
}
