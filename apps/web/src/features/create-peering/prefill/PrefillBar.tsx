import { lazy, Suspense, useState } from "react"
import { toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { PresetMenu } from "./PresetMenu.tsx"
import styles from "./prefill.module.css"

// The readers of pasted text are a large part of the rules, and few drafts need them.
const PasteArea = lazy(async () => ({ default: (await import("./PasteArea.tsx")).PasteArea }))

/** Ways to fill the form without typing. */
export function PrefillBar() {
  const [shown, setShown] = useState<"paste" | "presets" | null>(null)
  const toggle = (which: "paste" | "presets") => setShown(shown === which ? null : which)
  return (
    <>
      <div className={styles.bar}>
        <Button size="small" aria-expanded={shown === "paste"} onClick={() => toggle("paste")}>
          Paste
        </Button>
        <Button size="small" aria-expanded={shown === "presets"} onClick={() => toggle("presets")}>
          Presets
        </Button>
        <CopyLink />
      </div>
      {shown === "paste" && (
        <Suspense fallback={<p>Loading</p>}>
          <PasteArea />
        </Suspense>
      )}
      {shown === "presets" && <PresetMenu />}
    </>
  )
}

/** Copies a link to this page that fills in the open form again. */
function CopyLink() {
  const { owner, forms, openTab } = useCreatePage()
  const [said, setSaid] = useState("")

  async function copy() {
    const draft = forms.get(openTab)?.read()
    if (draft === undefined) return
    const link = `${location.origin}${pagePaths.newConnection(owner.projectId)}?${toLinkQuery(draft)}`
    try {
      await navigator.clipboard.writeText(link)
      setSaid("The link is copied; it holds the fields and not the reason")
    } catch {
      // Without permission to write to the clipboard, the person copies it from here.
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
