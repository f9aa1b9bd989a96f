import type { ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useContext, useEffect, useState } from "react"
import { installationQuery } from "#api/installation.ts"
import { VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"

const loadSamples = () => import("./sample-values.ts")

/** Fills the form of a demo with values that are free in this project. Shows nothing in any other installation. */
export function SampleValues({ providerName }: { providerName: ProviderName }) {
  const { notesForm, fill } = useCreatePage()
  const snapshot = useContext(VerdictContext)?.snapshot ?? null
  const { data: installation } = useQuery(installationQuery())
  const isDemo = installation?.demo !== undefined
  const [isFull, setFull] = useState(false)

  useEffect(() => {
    if (isDemo) void loadSamples()
  }, [isDemo])

  async function fillIn() {
    if (snapshot === null) return
    const { buildSampleDraft, sampleNotes } = await loadSamples()
    const draft = buildSampleDraft(providerName, snapshot)
    setFull(draft === null)
    if (draft === null) return
    fill("Filled in sample values", draft)
    for (const name of ["displayName", "reason"] as const)
      if (notesForm.getValues(name) === "") notesForm.setValue(name, sampleNotes[name])
  }

  if (!isDemo) return null
  return (
    <Button size="small" aria-disabled={snapshot === null} onClick={() => void fillIn()}>
      {isFull ? "No free values in this project" : "Fill in sample values"}
    </Button>
  )
}
