import { mergePasted, pastedSourceWords, readPasted, type Pasted } from "@peering-desk/peering-rules"
import { providerLabels, providerNames } from "@peering-desk/shared-schemas"
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
  regions: "Regions",
  networkBlocks: "Known addresses of the network",
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
    fillPage(`Filled from what was pasted (${providerLabels[draft.providerName]})`, draft)
    setIsDone(true)
  }

  const replaced = pasted === null || isDone ? [] : (merge(pasted)?.replaced ?? [])
  return (
    <div className={styles.area}>
      <label htmlFor={id} className={styles.label}>
        Paste what you have
      </label>
      <p id={`${id}-hint`} className={styles.hint}>
        An ARN, a resource ID, the output of aws, gcloud or az, Terraform, a curl command. It stays in this
        browser.
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
            This is {pastedSourceWords[pasted.source]}.{isDone && " The form is filled from it."}
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
        <ul className={styles.choices} aria-label="Which one">
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
          title={replaced.length > 0 ? "This replaces what stands in the form" : "Fill the form from this"}
          actions={
            <>
              <Button size="small" onClick={() => fill(pasted)}>
                {replaced.length > 0 ? "Replace it" : "Fill it in"}
              </Button>
              <Button size="small" kind="quiet" onClick={() => read("")}>
                Leave it
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
    </div>
  )
}

function isEmpty({ fields }: Pasted): boolean {
  return Object.keys(fields.request).length === 0 && fields.newContainer === null
}
