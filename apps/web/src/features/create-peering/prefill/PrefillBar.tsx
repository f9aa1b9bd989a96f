import type { ProviderName } from "@peering-desk/shared-schemas"
import { lazy, Suspense, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { CopyLink } from "./CopyLink.tsx"
import styles from "./prefill.module.css"

const PasteArea = lazy(async () => ({ default: (await import("./PasteArea.tsx")).PasteArea }))
const PresetMenu = lazy(async () => ({ default: (await import("./PresetMenu.tsx")).PresetMenu }))

/** Ways to fill the form without typing. */
export function PrefillBar({
  projectId,
  openTab,
  onOpen,
}: {
  projectId: string
  openTab: ProviderName
  onOpen: (providerName: ProviderName) => void
}) {
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
        <CopyLink projectId={projectId} providerName={openTab} />
      </div>
      <Suspense fallback={<p>Loading</p>}>
        {shown === "paste" && <PasteArea openTab={openTab} onOpen={onOpen} />}
        {shown === "presets" && <PresetMenu projectId={projectId} openTab={openTab} onOpen={onOpen} />}
      </Suspense>
    </>
  )
}
