import { lazy, Suspense, type ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./prefill.module.css"

// The readers of pasted text are a large part of the rules, and few drafts need either.
const PasteArea = lazy(async () => ({ default: (await import("./PasteArea.tsx")).PasteArea }))

const PresetMenu = lazy(async () => ({ default: (await import("./PresetMenu.tsx")).PresetMenu }))

export type OpenPrefill = "paste" | "presets" | null

/** Opens the ways to fill the form without typing. */
export function PrefillButtons({ open, onOpen }: { open: OpenPrefill; onOpen: (open: OpenPrefill) => void }) {
  const toggle = (which: "paste" | "presets") => onOpen(open === which ? null : which)
  return (
    <>
      <Button aria-expanded={open === "paste"} onClick={() => toggle("paste")}>
        <Icon name="paste" /> Paste to fill…
      </Button>
      <Button aria-expanded={open === "presets"} onClick={() => toggle("presets")}>
        <Icon name="bookmark" /> Presets
      </Button>
    </>
  )
}

/** The opened way to fill the form. */
export function PrefillArea({ open, onClose }: { open: OpenPrefill; onClose: () => void }) {
  if (open === null) return null
  return (
    <Area title={open === "paste" ? "Paste to fill" : "Presets"} onClose={onClose}>
      <Suspense fallback={<p>Loading</p>}>{open === "paste" ? <PasteArea /> : <PresetMenu />}</Suspense>
    </Area>
  )
}

function Area({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <section aria-label={title} className={`stack gap-8 edge rounded on-raised wrap ${styles.area}`}>
      <div className="line split gap-12">
        <h2>{title}</h2>
        <Button size="small" kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {children}
    </section>
  )
}
