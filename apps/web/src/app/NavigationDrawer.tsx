import { useEffect, useRef, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./MobileBar.module.css"

/** The sidebar over the page, from the left. Escape, its button and a press beside it close it. */
export function NavigationDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const drawer = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const box = drawer.current
    const closeBeside = ({ target }: Event) => {
      if (target === box) onClose()
    }
    box?.showModal()
    box?.addEventListener("click", closeBeside)
    return () => {
      box?.removeEventListener("click", closeBeside)
      box?.close()
    }
  }, [onClose])
  return (
    <dialog
      ref={drawer}
      className={styles.drawer}
      aria-label="Menu"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.inside}>
        <button type="button" className={styles.menu} aria-label="Close the menu" onClick={onClose}>
          <Icon name="close" />
        </button>
        {children}
      </div>
    </dialog>
  )
}
