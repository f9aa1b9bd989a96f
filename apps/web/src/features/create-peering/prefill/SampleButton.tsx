import type { ProviderName } from "@peering-desk/shared-schemas"
import { useContext, useState } from "react"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import { Button } from "#ui/Button.tsx"
import { buildSampleDraft, sampleNotes } from "./sample-values.ts"

/** Fills the form with values that are free in this project. */
export function SampleButton({ providerName }: { providerName: ProviderName }) {
  const { notesForm, fill } = useCreatePage()
  const snapshot = useContext(VerdictContext)?.snapshot ?? null
  const [isFull, setFull] = useState(false)

  function fillIn() {
    if (snapshot === null) return
    const draft = buildSampleDraft(providerName, snapshot)
    setFull(draft === null)
    if (draft === null) return
    fill("Filled in sample values", draft)
    for (const name of ["displayName", "reason"] as const)
      if (notesForm.getValues(name) === "") notesForm.setValue(name, sampleNotes[name])
  }

  return (
    <Button size="small" aria-disabled={snapshot === null} onClick={fillIn}>
      {isFull ? "No free values in this project" : "Fill in sample values"}
    </Button>
  )
}
