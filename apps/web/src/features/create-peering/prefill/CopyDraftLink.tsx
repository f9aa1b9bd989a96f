import { useState } from "react"
import { toFormPath } from "#shared/connection-link.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"

/** Copies a link to this page that fills in the open form again. */
export function CopyDraftLink() {
  const { owner, forms, openTab } = useCreatePage()
  const [says, setSays] = useState("")

  async function copy() {
    const draft = forms.get(openTab)?.read()
    if (draft === undefined) return
    const link = `${location.origin}${toFormPath(owner.projectId, draft)}`
    try {
      await navigator.clipboard.writeText(link)
      setSays("Link copied, without name and reason")
    } catch {
      // Without permission to write to the clipboard, the person copies it from here.
      setSays(link)
    }
  }

  return (
    <p className="row gap-6 gap-x-10">
      <Button size="small" onClick={() => void copy()}>
        Copy link to this draft
      </Button>
      <output className="quiet small">{says}</output>
    </p>
  )
}
