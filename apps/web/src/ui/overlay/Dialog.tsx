import { useId, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./Dialog.module.css"
import { Modal } from "./Modal.tsx"

/** A modal dialog with a title and a close button. Rendered only while open. */
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
  return (
    <Modal
      className={`unpadded sheet rounded-16 wrap ${styles.dialog}`}
      labelledBy={titleId}
      onClose={onClose}
    >
      <div className={`line split gap-16 ${styles.head}`}>
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className={`bare hover middle still rounded-8 quiet ${styles.close}`}
          aria-label="Close"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className={styles.body}>{children}</div>
    </Modal>
  )
}
