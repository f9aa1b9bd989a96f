import { useState, type ReactNode } from "react"
import { useLocation } from "wouter"
import { Icon } from "#ui/marks/Icon.tsx"
import { Brand } from "./Brand.tsx"
import styles from "./MobileBar.module.css"
import { NavigationDrawer } from "./NavigationDrawer.tsx"

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
