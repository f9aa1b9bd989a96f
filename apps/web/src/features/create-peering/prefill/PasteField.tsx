import type { Pasted, PastedField } from "@peering-desk/peering-rules"
import { Suspense, useId, useRef, useState } from "react"
import { useNow } from "#ui/time/now.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import styles from "./prefill.module.css"
import { lazyPart, partNotLoaded } from "#ui/lazy-part.tsx"

// The readers of pasted text are a large part of the rules, and many drafts are typed.
const loadReaders = () => import("./pasted.ts")
type Readers = Awaited<ReturnType<typeof loadReaders>>

const OpenFields = lazyPart(async () => (await import("./OpenFields.tsx")).OpenFields)
const ReplaceQuestion = lazyPart(async () => (await import("./ReplaceQuestion.tsx")).ReplaceQuestion)

/** Fills the form from an ARN, the output of a command line, Terraform or a resource id. Asks before it replaces a value. */
export function PasteField({
  locked,
}: {
  /** Keeps the forms as they are while one is being sent. */
  locked: boolean
}) {
  const { forms, openTab, fill: fillPage } = useCreatePage()
  const id = useId()
  const now = useNow()
  const [text, setText] = useState("")
  const latest = useRef("")
  /** Null when they could not be loaded: the next change of the text tries again. */
  const [readers, setReaders] = useState<Readers | null>()
  const [pasted, setPasted] = useState<Pasted | null>(null)
  /** Waits for the person's answer, since it would replace values of the form. */
  const [waiting, setWaiting] = useState<Pasted | null>(null)
  const [isDone, setIsDone] = useState(false)

  async function read(next: string) {
    latest.current = next
    setText(next)
    setWaiting(null)
    setIsDone(false)
    const loaded = await loadReaders().catch(() => null)
    // More was typed meanwhile.
    if (latest.current !== next) return
    setReaders(loaded)
    if (loaded === null) return
    const found = next.trim() === "" ? null : loaded.readPastedFacts(next, now)
    setPasted(found)
    if (found?.choices.length === 0) offer(found, loaded)
  }

  function merge(found: Pasted, { mergePasted }: Readers, kept?: ReadonlySet<PastedField>) {
    const form = forms.get(found.providerName ?? openTab)
    if (form === undefined) return null
    const { draft, replaced } = mergePasted(form.read(), found, kept)
    return { draft, replaced: replaced.filter(({ field }) => form.isChosen(field)) }
  }

  /** Fills the form at once when no value is lost. */
  function offer(found: Pasted, loaded: Readers) {
    if (isEmpty(found)) return
    if (merge(found, loaded)?.replaced.length === 0) fill(found, loaded)
    else setWaiting(found)
  }

  function fill(found: Pasted, loaded: Readers, kept?: ReadonlySet<PastedField>) {
    const draft = merge(found, loaded, kept)?.draft
    if (draft !== undefined) fillPage("Filled from pasted text", draft, () => setIsDone(false))
    setWaiting(null)
    setIsDone(draft !== undefined)
  }

  return (
    <>
      <div className="narrow">
        <div className={`baseline split gap-0 gap-x-12 nowrap ${styles.head}`}>
          <label htmlFor={id} className="strong">
            Paste to fill
          </label>
          <span id={`${id}-hint`} className="quiet small cut">
            VPC ID, ARN, console URL, Terraform
          </span>
        </div>
        {/* An input of one line would lose the line breaks of what is pasted. */}
        <textarea
          id={id}
          aria-describedby={`${id}-hint`}
          className={`wide above-4 edge-control rounded-s on-card ${styles.text}`}
          rows={1}
          placeholder="Paste here"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          readOnly={locked}
          value={text}
          onChange={(event) => void read(event.target.value)}
        />
      </div>
      {readers === null && <output className="quiet small full-row">{partNotLoaded}</output>}
      {readers != null && pasted !== null && (
        <section tabIndex={-1} aria-label="Pasted text" className="stack gap-8 full-row">
          <output className="quiet small">
            {isDone ? "Filled from " : "This is "}
            {readers.pastedSourceWords[pasted.source]}.
          </output>
          {pasted.notes.length > 0 && (
            <ul className="quiet small discs">
              {pasted.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          {pasted.choices.length > 0 && (
            <ul className="flow" aria-label="Choose one">
              {pasted.choices.map((choice) => (
                <li key={choice.title}>
                  <Button
                    size="small"
                    isBusy={locked}
                    onClick={() => {
                      setPasted(choice.pasted)
                      offer(choice.pasted, readers)
                    }}
                  >
                    {choice.title}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <Suspense>
            {pasted.open !== undefined && (
              <OpenFields
                key={text}
                fields={pasted.open}
                locked={locked}
                onChoose={(field, value) =>
                  offer({ ...pasted, fields: { request: { [field]: value }, newContainer: null } }, readers)
                }
              />
            )}
            {waiting !== null && (
              <ReplaceQuestion
                key={JSON.stringify(waiting.fields)}
                replaced={merge(waiting, readers)?.replaced ?? []}
                locked={locked}
                onAnswer={(kept) => fill(waiting, readers, kept)}
                onCancel={() => setWaiting(null)}
              />
            )}
          </Suspense>
        </section>
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
