import type { FormField } from "@peering-desk/shared-schemas"
import { useEffect, useId, useRef, useState } from "react"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { useTopLayer } from "#ui/overlay/use-top-layer.ts"
import styles from "./help.module.css"

/** A button beside a field that says where to find its value: in the console, and by a command. */
export function FieldHelp({ field: { label, help } }: { field: FormField }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLElement>(null)
  const [isOpen, setOpen] = useState(false)
  useTopLayer(box, button, isOpen, setOpen)

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
    document.addEventListener("focusin", closeOutside)
    return () => {
      document.removeEventListener("keydown", closeByKey)
      document.removeEventListener("focusin", closeOutside)
    }
  }, [isOpen])

  return (
    <span className="inline-flex">
      <button
        ref={button}
        type="button"
        className={`unpadded middle edge-control round press quiet no-background ${styles.button}`}
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
          className={`flat sheet rounded-10 wrap fixed pad-y-14 pad-x-16 ${styles.box}`}
        >
          <p>{help.what}</p>
          <p className={`quiet text-13 ${styles.path}`}>{help.path}</p>
          <div className="beside split top rounded-s on-trough pad-y-8 pad-x-10">
            <code>{help.command}</code>
            <CopyButton value={help.command} label="command" />
          </div>
        </section>
      )}
    </span>
  )
}
