import { type ReactNode, useState } from "react"
import { useLocation } from "wouter"
import { Icon } from "#ui/marks/Icon.tsx"
import { Brand } from "./Brand.tsx"
import styles from "./MobileBar.module.css"
import { Modal } from "#ui/overlay/Modal.tsx"

/** The bar of a narrow screen: a menu with the sidebar in it, the name, the account. */
export function MobileBar({
  account,
  freshness,
  onSearch,
  children,
}: {
  account: ReactNode
  freshness: ReactNode
  onSearch: () => void
  children: ReactNode
}) {
  const [path] = useLocation()
  // Going to another page closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  return (
    <header className={`shell-bar ${styles.bar}`}>
      <button
        type="button"
        className={`bare unpadded middle still square-40 rounded-8 ink ${styles.menu}`}
        aria-label="Menu"
        aria-haspopup="dialog"
        onClick={() => setOpenAt(path)}
      >
        <Icon name="menu" />
      </button>
      <Brand />
      <span className={styles.end}>
        {freshness}
        <button
          type="button"
          className="bare unpadded middle still square-40 rounded-8 ink"
          aria-label="Search"
          onClick={onSearch}
        >
          <Icon name="search" />
        </button>
        {account}
      </span>
      {openAt === path && <NavigationDrawer onClose={() => setOpenAt(null)}>{children}</NavigationDrawer>}
    </header>
  )
}

/** The sidebar over the page, from the left. */
function NavigationDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
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
