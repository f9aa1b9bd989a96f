import { createContext, useContext, useEffect, useRef, type ReactNode } from "react"
import styles from "./PageHeader.module.css"

/** Returns once for each navigation that the page was navigated to. On the first load the focus stays where the browser puts it. */
export const ArrivalContext = createContext<() => boolean>(() => false)

/** The title of a page: names the window, and takes the focus when the page was navigated to so that it is read out. */
export function PageHeader({
  title,
  windowTitle,
  above,
  actions,
  children,
}: {
  title: ReactNode
  /** The title of the browser's tab; needed when `title` is not a plain text. */
  windowTitle?: string
  /** The way up, a link to the page this one belongs to. */
  above?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const takeArrival = useContext(ArrivalContext)
  const inTab = windowTitle ?? (typeof title === "string" ? title : null)

  useEffect(() => {
    document.title = inTab === null ? "Peering Desk" : `${inTab} · Peering Desk`
  }, [inTab])

  useEffect(() => {
    if (takeArrival()) heading.current?.focus()
  }, [takeArrival])

  return (
    <div className={styles.heading}>
      <div className={styles.words}>
        {above !== undefined && <p className={styles.above}>{above}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children !== undefined && <div className={styles.below}>{children}</div>}
      </div>
      {actions}
    </div>
  )
}
