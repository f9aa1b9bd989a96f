import type { ProviderName } from "@peering-desk/shared-schemas"
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import { useTopLayer } from "#ui/overlay/use-top-layer.ts"
import styles from "./help.module.css"

const HelpText = lazy(async () => ({ default: (await import("./HelpText.tsx")).HelpText }))

/** A button beside a field that says where to find its value: in the console, and by a command. */
export function FieldHelp({ cloud, field, label }: { cloud: ProviderName; field: string; label: string }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLElement>(null)
  const [isOpen, setOpen] = useState(false)
  useTopLayer(box, button, isOpen)

  useEffect(() => {
    if (!isOpen) return undefined
    const closeOutside = ({ target }: Event) => {
      const isInside = [box, button].some(({ current }) => current?.contains(target as Node))
      if (!isInside) setOpen(false)
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener("keydown", closeByKey)
    document.addEventListener("pointerdown", closeOutside)
    document.addEventListener("focusin", closeOutside)
    return () => {
      document.removeEventListener("keydown", closeByKey)
      document.removeEventListener("pointerdown", closeOutside)
      document.removeEventListener("focusin", closeOutside)
    }
  }, [isOpen])

  return (
    <span className={styles.help}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={`Where is it? ${label}`}
        title="Where is it?"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="info" />
      </button>
      {isOpen && (
        <section
          ref={box}
          id={id}
          popover="manual"
          aria-label={`Where to find it: ${label}`}
          className={styles.box}
        >
          <Suspense fallback={<p>Loading</p>}>
            <HelpText cloud={cloud} field={field} />
          </Suspense>
        </section>
      )}
    </span>
  )
}
