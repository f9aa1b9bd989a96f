import type { ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import { Modal } from "#ui/overlay/Modal.tsx"
import styles from "./MobileBar.module.css"

/** The sidebar over the page, from the left. */
export function NavigationDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Modal className={`flat unpadded ink ${styles.drawer}`} label="Menu" closesBeside onClose={onClose}>
      <div className={`beside pad-y-8 pad-x-16 column ${styles.inside}`}>
        <button
          type="button"
          className={`bare unpadded middle still square-40 rounded-8 ink ${styles.menu}`}
          aria-label="Close the menu"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
        {children}
      </div>
    </Modal>
  )
}
