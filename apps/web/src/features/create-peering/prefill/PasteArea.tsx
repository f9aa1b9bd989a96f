import { mergePasted, pastedSourceWords, readPasted, type Pasted } from "@peering-desk/peering-rules"
import { providerNames } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { cloudFields } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import styles from "./prefill.module.css"

/** Field name → label. */
const labels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    providerNames.flatMap((cloud) => cloudFields[cloud].map(({ name, label }) => [name, label])),
  ),
  containerId: "Atlas side",
  atlasCidrBlock: "Atlas CIDR",
  region: "Atlas region",
  regions: "Atlas regions",
  networkBlocks: "Other CIDRs",
}

/** Fills the form from an ARN, the output of a command line, Terraform or a resource id. Asks before it replaces what the person wrote. */
export function PasteArea() {
  const { forms, openTab, fill: fillPage } = useCreatePage()
  const id = useId()
  const [text, setText] = useState("")
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const [isDone, setIsDone] = useState(false)

  function read(next: string) {
    setText(next)
    setIsDone(false)
    if (next.trim() === "") {
      setPasted(null)
      return
    }
    const found = readPasted(next)
    setPasted(found)
    if (found.choices.length === 0 && merge(found)?.replaced.length === 0) fill(found)
  }

  function merge(found: Pasted) {
    const form = forms.get(found.providerName ?? openTab)
    if (form === undefined) return null
    const { draft, replaced } = mergePasted(form.read(), found)
    return { draft, replaced: replaced.filter(({ field }) => form.isByHand(field)) }
  }

  function fill(found: Pasted) {
    const draft = merge(found)?.draft
    if (draft === undefined || isEmpty(found)) return
    fillPage("Filled from clipboard", draft)
    setIsDone(true)
  }

  const replaced = pasted === null || isDone ? [] : (merge(pasted)?.replaced ?? [])
  return (
    <>
      <label htmlFor={id} className={styles.label}>
        Paste text
      </label>
      <p id={`${id}-hint`} className={styles.hint}>
        An ARN, a resource ID, output of aws, gcloud or az, Terraform, or a curl command. The text stays in
        this browser.
      </p>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        className={styles.text}
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
            <ul className={styles.notes}>
              {pasted.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {pasted !== null && pasted.choices.length > 0 && !isDone && (
        <ul className={styles.choices} aria-label="Choose one">
          {pasted.choices.map((choice) => (
            <li key={choice.title}>
              <Button size="small" onClick={() => setPasted(choice.pasted)}>
                {choice.title}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {pasted !== null && pasted.choices.length === 0 && !isDone && !isEmpty(pasted) && (
        <Notice
          tone="you"
          title={replaced.length > 0 ? "Replace what you typed?" : "Fill the form?"}
          actions={
            <>
              <Button size="small" onClick={() => fill(pasted)}>
                {replaced.length > 0 ? "Replace values" : "Fill form"}
              </Button>
              <Button size="small" kind="quiet" onClick={() => read("")}>
                Cancel
              </Button>
            </>
          }
        >
          <ul className={styles.notes}>
            {replaced.map(({ field, was, becomes }) => (
              <li key={field}>
                {labels[field]}: <code>{was}</code> → <code>{becomes ?? "nothing"}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

function isEmpty({ fields }: Pasted): boolean {
  return Object.keys(fields.request).length === 0 && fields.newContainer === null
}
