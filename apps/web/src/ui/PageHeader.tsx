import {
  createContext,
  Fragment,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  type ReactNode,
} from "react"
import { noteWindowTitle } from "./first-render.ts"
import styles from "./PageHeader.module.css"

/** How a title learns whether it takes the focus. */
export interface Arrival {
  /** Returns true once for each navigation. On the first load the focus stays where the browser puts it. */
  take: () => boolean
  /** Lets the next title take the focus of one that goes away with it, as when a page's own title replaces that of its place. */
  passOn: () => void
}

export const ArrivalContext = createContext<Arrival>({ take: () => false, passOn: () => {} })

/** Moves the focus to the page's title. */
export function focusTitle(options?: FocusOptions) {
  document.querySelector<HTMLElement>("main h1")?.focus(options)
}

/** The title of a page: names the window, and takes the focus when the page was navigated to so that it is read out. */
export function PageHeader({
  title,
  hidesTitle = false,
  windowTitle,
  mark,
  status,
  crumbs = [],
  actions,
  isPlace = false,
  children,
}: {
  title: string
  /** A field to change it is in its place. */
  hidesTitle?: boolean
  /** The title of the browser's tab. */
  windowTitle?: string
  /** A drawing before the title. */
  mark?: ReactNode
  /** A pill after the title. */
  status?: ReactNode
  /** The pages above this one, outermost first: links or texts. */
  crumbs?: readonly ReactNode[]
  actions?: ReactNode
  /** It holds the place of a title that is not known yet, which takes the focus when it comes. */
  isPlace?: boolean
  /** A line below the title. */
  children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const arrival = useContext(ArrivalContext)
  const inWindow = `${windowTitle ?? title} · Peering Desk`

  noteWindowTitle(inWindow)
  useEffect(() => {
    document.title = inWindow
  }, [inWindow])

  useLayoutEffect(() => {
    const title = heading.current
    if (!isPlace && arrival.take()) title?.focus()
    return () => {
      if (document.activeElement === title) arrival.passOn()
    }
  }, [arrival, isPlace])

  return (
    <div className={`gap-12 gap-x-24 high-34 ${styles.heading}`}>
      <div className={`narrow wrap ${styles.words}`}>
        {crumbs.length > 0 && <Crumbs crumbs={crumbs} title={title} />}
        <div className={`row gap-4 gap-x-10 ${styles.line}`}>
          {mark}
          <h1 ref={heading} tabIndex={-1}>
            {hidesTitle ? <span className="visually-hidden">{title}</span> : title}
          </h1>
          {status}
        </div>
        {children !== undefined && <div className={`above-4 quiet ${styles.about}`}>{children}</div>}
      </div>
      {actions !== undefined && <div className={`screen-only row gap-8 ${styles.actions}`}>{actions}</div>}
    </div>
  )
}

/** Leads to the pages above. */
function Crumbs({ crumbs, title }: { crumbs: readonly ReactNode[]; title: string }) {
  return (
    <nav aria-label="Breadcrumb" className={`screen-only baseline quiet text-13 lines-20 ${styles.crumbs}`}>
      {crumbs.map((crumb, index) => (
        // The crumbs of a page keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <span aria-hidden="true">/</span>}
          {crumb}
        </Fragment>
      ))}
      <span aria-hidden="true" className={`hidden ${styles.here}`}>
        /
      </span>
      <span aria-current="page" className={`ink medium hidden ${styles.here}`}>
        {title}
      </span>
    </nav>
  )
}
