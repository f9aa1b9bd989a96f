import { useContext, useState } from "react"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { OpenFormsContext } from "#features/create-peering/form/open-forms.ts"

/** Copies an address that opens this form with what is filled in, for somebody else or for later. */
export function CopyLink({ projectId, providerName }: { projectId: string; providerName: ProviderName }) {
  const forms = useContext(OpenFormsContext)
  const [said, setSaid] = useState("")

  async function copy() {
    const draft = forms.get(providerName)?.read()
    if (draft === undefined) return
    const link = `${location.origin}${pagePaths.newConnection(projectId)}?${toLinkQuery(draft)}`
    try {
      await navigator.clipboard.writeText(link)
      setSaid("The link is copied; it holds the fields and not the reason")
    } catch {
      // Without leave to write there, the person can still take it from here.
      setSaid(link)
    }
  }

  return (
    <>
      <Button size="small" kind="quiet" onClick={() => void copy()}>
        Copy a link to this form
      </Button>
      <output>{said}</output>
    </>
  )
}
