import { buildLookUpScript, readPastedFacts, type Pasted } from "@peering-desk/peering-rules"
import {
  namingFields,
  networkFields,
  type NetworkFacts,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { useState } from "react"
import { useCloudFormContext } from "#features/create-peering/form/cloud-form-context.ts"
import { LookUpScript } from "#shared/look-up/LookUpScript.tsx"
import { Button } from "#ui/Button.tsx"
import { useNow } from "#ui/time/now.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./verdict.module.css"

/** Shows the script that reads the draft's network in its cloud, and takes what it printed from the clipboard. */
export function LookUp({ draft, atlasCidr }: { draft: PeeringDraft; atlasCidr: string | null }) {
  const { prefill, sending } = useCloudFormContext()
  const now = useNow()
  const [problem, setProblem] = useState<string | null>(null)
  const { providerName, request, facts } = draft
  const script = buildLookUpScript({ providerName, ids: request, atlasCidr })
  if (script === null) return null

  async function paste() {
    let text: string
    try {
      text = await navigator.clipboard.readText()
    } catch {
      // The person said no, or the browser has no such permission.
      return setProblem("The browser blocks the clipboard. Paste into the field “Paste to fill” instead.")
    }
    const pasted = chooseNetwork(readPastedFacts(text, now), draft)
    const found = pasted.fields.facts
    const wrong = found === undefined ? explainNothing(pasted) : explainOther(pasted, draft)
    setProblem(wrong)
    if (found === undefined || wrong !== null) return
    const { networkBlocks } = pasted.fields
    prefill.fill("Filled from a look-up", {
      providerName,
      request: listMissing(pasted, draft),
      facts: found,
      ...(networkBlocks && { networkBlocks }),
    })
  }

  return (
    <div className={`grid gap-8 pad-y-10 pad-x-12 rounded-10 above-10 ${styles.howTo}`}>
      <p className={styles.quiet}>
        {facts === undefined || !isPasted(facts)
          ? "One look-up checks these. The script only reads."
          : "The look-up is incomplete. Run it again, or see which commands failed in its output."}
      </p>
      <LookUpScript providerName={providerName} script={script} />
      <div className="row split">
        <output className={styles.quiet}>{problem ?? "Then paste the result."}</output>
        <Button size="small" isBusy={sending} onClick={() => void paste()}>
          <Icon name="paste" /> Paste result
        </Button>
      </div>
    </div>
  )
}

/** What a role listed has no routes or rules, which a look-up tells. */
function isPasted({ providerName: _providerName, ...aspects }: NetworkFacts): boolean {
  return Object.values(aspects).some(({ source }) => source === "pasted")
}

/** Returns the draft's own network from a look-up of several. */
function chooseNetwork(pasted: Pasted, { providerName, request }: PeeringDraft): Pasted {
  const name = networkFields[providerName]
  const named = pasted.choices.find((one) => readField(one.pasted, name) === request[name])
  return named?.pasted ?? pasted
}

function readField({ fields }: Pasted, name: string): string | undefined {
  return Object.entries(fields.request).find(([one]) => one === name)?.[1]
}

function explainNothing({ notes, choices }: Pasted): string {
  if (choices.length > 0) return `None of the look-up's ${choices.length} networks is the one in the form.`
  return notes.length === 0 ? "No look-up on the clipboard." : notes.join(" ")
}

/** Compares only the fields that name the network; others may be mistyped, and the checks compare them. */
function explainOther(pasted: Pasted, { providerName, request }: PeeringDraft): string | null {
  const other = namingFields[providerName].find((name) => {
    const [looked, typed] = [readField(pasted, name) ?? "", request[name] ?? ""]
    return typed !== "" && looked.toLowerCase() !== typed.toLowerCase()
  })
  if (pasted.providerName === providerName && other === undefined) return null
  const name = networkFields[providerName]
  const looked = readField(pasted, other ?? name) ?? "another network"
  return `The look-up is of ${looked}. The form has ${request[other ?? name] ?? "another cloud"}.`
}

/** Lists what the look-up knows and the form lacks. */
function listMissing({ fields }: Pasted, { request }: PeeringDraft): Record<string, string> {
  return Object.fromEntries(Object.entries(fields.request).filter(([name]) => (request[name] ?? "") === ""))
}
