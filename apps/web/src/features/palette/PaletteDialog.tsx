import { useEffect, useRef, useState, type ReactNode } from "react"
import styles from "./palette.module.css"

/** A modal dialog near the top of the window. Escape and a press beside it close it; the focus returns to where it was. */
export function PaletteDialog({
  label,
  onClose,
  children,
}: {
  label: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Read before a field inside takes the focus.
  const [before] = useState(() => document.activeElement)

  useEffect(() => {
    const box = dialog.current
    const closeBeside = ({ target }: Event) => {
      if (target === box) onClose()
    }
    // Test browsers without a layout have no modal dialogs.
    if (typeof box?.showModal === "function") box.showModal()
    else box?.setAttribute("open", "")
    box?.querySelector("input")?.focus()
    box?.addEventListener("click", closeBeside)
    return () => {
      box?.removeEventListener("click", closeBeside)
      if (typeof box?.close === "function") box.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before, onClose])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}
