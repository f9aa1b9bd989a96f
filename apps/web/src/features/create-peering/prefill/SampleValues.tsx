import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { installationQuery } from "#api/installation.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { useCloudFormContext } from "#features/create-peering/form/cloud-form-context.ts"
import { Button } from "#ui/Button.tsx"
import { buildSampleDraft, sampleNotes } from "./sample-values.ts"

/** A demo's way to fill the form, with values that are free in this project. Shows nothing in any other installation. */
export function SampleValues() {
  const { providerName, live, sending } = useCloudFormContext()
  const { notesForm, fill } = useCreatePage()
  const { data: installation } = useQuery(installationQuery())
  const snapshot = live?.snapshot ?? null
  const [isFull, setFull] = useState(false)

  function fillIn() {
    if (snapshot === null || sending) return
    const draft = buildSampleDraft(providerName, snapshot)
    setFull(draft === null)
    if (draft === null) return
    fill("Filled in sample values", draft)
    for (const name of ["displayName", "reason"] as const)
      if (notesForm.getValues(name) === "")
        notesForm.setValue(name, sampleNotes[name], {
          shouldValidate: notesForm.getFieldState(name).invalid,
        })
  }

  if (installation?.demo === undefined) return null
  return (
    <Button size="small" aria-disabled={snapshot === null || sending} onClick={fillIn}>
      {isFull ? "No free values in this project" : "Fill in sample values"}
    </Button>
  )
}
