import {
  mergePasted,
  pastedSourceWords,
  readPasted,
  type Pasted,
  type PastedField,
} from "@peering-desk/peering-rules"
import { providerLabels, type ProviderName } from "@peering-desk/shared-schemas"
import { useContext, useId, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { OpenFormsContext } from "#features/create-peering/form/open-forms.ts"
import styles from "./prefill.module.css"

/** The fields as the form calls them. */
const labels: Record<PastedField, string> = {
  awsAccountId: "AWS account ID",
  accepterRegionName: "VPC region",
  vpcId: "VPC ID",
  routeTableCidrBlock: "VPC CIDR",
  gcpProjectId: "Google Cloud project ID",
  networkName: "VPC network name",
  azureDirectoryId: "Directory ID",
  azureSubscriptionId: "Subscription ID",
  resourceGroupName: "Resource group name",
  vnetName: "VNet name",
  containerId: "Atlas side",
  atlasCidrBlock: "Atlas CIDR",
  region: "Atlas region",
  regions: "Regions",
  networkBlocks: "Known addresses of the network",
}

/**
 * Fills the form with what somebody has at hand: an ARN, the output of a command line, Terraform, a resource id. What stands there already
 * is replaced only when they say so.
 */
export function PasteArea({
  openTab,
  onOpen,
}: {
  openTab: ProviderName
  onOpen: (providerName: ProviderName) => void
}) {
  const id = useId()
  const forms = useContext(OpenFormsContext)
  const [text, setText] = useState("")
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const [isDone, setIsDone] = useState(false)

  function look(next: string) {
    setText(next)
    setIsDone(false)
    if (next.trim() === "") {
      setPasted(null)
      return
    }
    const found = readPasted(next)
    setPasted(found)
    const merge = toMerge(found)
    if (found.choices.length === 0 && merge !== null && merge.replaced.length === 0) fill(found)
  }

  function toMerge(found: Pasted) {
    const form = forms.get(found.providerName ?? openTab)
    if (form === undefined) return null
    const { draft, replaced } = mergePasted(form.read(), found)
    return { draft, replaced: replaced.filter(({ field }) => form.isByHand(field)) }
  }

  function fill(found: Pasted) {
    const merge = toMerge(found)
    if (merge === null || isEmpty(found)) return
    const { providerName } = merge.draft
    onOpen(providerName)
    forms
      .get(providerName)
      ?.fill(`Filled from what was pasted (${providerLabels[providerName]})`, merge.draft)
    setIsDone(true)
  }

  const replaced = pasted === null || isDone ? [] : (toMerge(pasted)?.replaced ?? [])
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
        onChange={(event) => look(event.target.value)}
      />
      {pasted !== null && (
        <>
          <output>
            This is {pastedSourceWords[pasted.source]}.{isDone && " The form is filled from it."}
          </output>
          {pasted.notes.length > 0 && (
            <ul className={styles.notes}>
              {pasted.notes.map(({ says }) => (
                <li key={says}>{says}</li>
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
              <Button size="small" kind="quiet" onClick={() => look("")}>
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
