import { createContext, Fragment, useContext, useEffect, useRef, type ReactNode } from "react"
import { createPortal } from "react-dom"
import styles from "./PageHeader.module.css"

/** Returns once for each navigation that the page was navigated to. On the first load the focus stays where the browser puts it. */
export const ArrivalContext = createContext<() => boolean>(() => false)

/** The element in the top bar that shows the way to the page; null where there is no top bar, or no room in it. */
export const CrumbsContext = createContext<HTMLElement | null>(null)

/** The title of a page: names the window, and takes the focus when the page was navigated to so that it is read out. */
export function PageHeader({
  title,
  windowTitle,
  mark,
  status,
  crumbs = [],
  actions,
  children,
}: {
  title: ReactNode
  /** The title of the browser's tab; needed when `title` is not a plain text. */
  windowTitle?: string
  /** A drawing before the title. */
  mark?: ReactNode
  /** A pill after the title. */
  status?: ReactNode
  /** The pages above this one, outermost first: links or texts. */
  crumbs?: readonly ReactNode[]
  actions?: ReactNode
  /** A line below the title. */
  children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const takeArrival = useContext(ArrivalContext)
  const slot = useContext(CrumbsContext)
  const inTab = windowTitle ?? (typeof title === "string" ? title : null)

  useEffect(() => {
    document.title = inTab === null ? "Peering Desk" : `${inTab} · Peering Desk`
  }, [inTab])

  useEffect(() => {
    if (takeArrival()) heading.current?.focus()
  }, [takeArrival])

  const way = crumbs.length > 0 && (
    <nav aria-label="Breadcrumb" className={styles.crumbs}>
      {crumbs.map((crumb, index) => (
        // The crumbs of a page keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <span aria-hidden="true">/</span>}
          {crumb}
        </Fragment>
      ))}
      {slot !== null && (
        <>
          <span aria-hidden="true">/</span>
          <span aria-current="page" className={styles.here}>
            {typeof title === "string" ? title : (inTab ?? title)}
          </span>
        </>
      )}
    </nav>
  )

  return (
    <div className={styles.heading}>
      <div className={styles.words}>
        {slot === null ? way : createPortal(way, slot)}
        <div className={styles.line}>
          {mark}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {status}
        </div>
        {children !== undefined && <div className={styles.below}>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
