import { useLayoutEffect, useRef, type ReactNode } from "react"
import { Link } from "wouter"
import styles from "./RouteTabs.module.css"

export interface RouteTab {
  title: ReactNode
  /** The address of its page, with its query. */
  href: string
  /** Null while it is read, which keeps its place; left out when there is none. */
  count?: number | string | null
  isCurrent: boolean
}

/** Tabs with addresses of their own: links, so that each can be opened, shared and gone back to. */
export function RouteTabs({
  label,
  tabs,
  aside,
}: {
  /** Names the tabs: "Views of checkout-api". */
  label: string
  tabs: readonly RouteTab[]
  /** Controls at the end of the row. */
  aside?: ReactNode
}) {
  const row = useRef<HTMLElement>(null)
  const current = tabs.findIndex(({ isCurrent }) => isCurrent)
  useLayoutEffect(() => {
    const tab = row.current?.children[current]
    if (tab !== undefined) bringIn(tab)
  }, [current])

  return (
    <div className="row line-below gap-8 gap-x-24">
      <nav ref={row} aria-label={label} className={`gap-24 scroll-x ${styles.tabs}`}>
        {tabs.map(({ title, href, count, isCurrent }, at) => (
          <Link
            // Two tabs may lead to one address: a view of the list, and the list with the filters of the moment.
            key={at}
            href={href}
            className={`inline still nowrap hover-ink quiet medium high-40 plain-link ${styles.tab}`}
            aria-current={isCurrent ? "page" : undefined}
            state="keep-focus"
            onFocus={({ currentTarget }) => bringIn(currentTarget)}
          >
            {title}
            {count !== undefined && (
              <>
                {" "}
                <span className={`high-20 ${styles.count}`}>{count}</span>
              </>
            )}
          </Link>
        ))}
      </nav>
      {aside !== undefined && <div className="push pad-bottom-4">{aside}</div>}
    </div>
  )
}

/** Scrolls the row of a tab that is cut off. `scrollIntoView` would move the page too. */
function bringIn(tab: Element): void {
  const row = tab.parentElement
  const { left, right } = tab.getBoundingClientRect()
  const box = row?.getBoundingClientRect()
  if (box !== undefined && (left < box.left || right > box.right))
    row?.scrollBy({ left: left - box.left - 24 })
}
