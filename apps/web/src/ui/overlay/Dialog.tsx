import { useEffect, useId, useRef, useState, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./Dialog.module.css"

/** A modal dialog. Escape and its close button close it; the focus returns to where it was. Rendered only while open. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)

  // Read before a field inside takes the focus.
  const [before] = useState(() => document.activeElement)

  useEffect(() => {
    const box = dialog.current
    // Test browsers without a layout have no modal dialogs.
    if (typeof box?.showModal === "function") box.showModal()
    else box?.setAttribute("open", "")
    return () => {
      if (typeof box?.close === "function") box.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before])

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        // The browser's own answer to Escape comes as `cancel`; this one keeps the page's shortcuts out of it.
        if (event.key === "Escape") event.stopPropagation()
      }}
    >
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={styles.body}>{children}</div>
    </dialog>
  )
}
