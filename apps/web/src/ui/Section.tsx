import { useId, type ReactNode } from "react"
import styles from "./Section.module.css"

/** A part of a page: a heading over a rule. A region that assistive technology can name. */
export function Section({
  title,
  count,
  aside,
  children,
}: {
  title: ReactNode
  /** Number of things in it, beside its title. */
  count?: number
  /** A link or control at the end of the heading's line. */
  aside?: ReactNode
  children: ReactNode
}) {
  const titleId = useId()
  return (
    <section className={`narrow ${styles.section}`} aria-labelledby={titleId}>
      <div className={`row gap-4 gap-x-8 ${styles.head}`}>
        <h2 id={titleId}>{title}</h2>
        {count !== undefined && <span className={`counter ${styles.count}`}>{count}</span>}
        {aside !== undefined && <div className={`push quiet text-13 ${styles.aside}`}>{aside}</div>}
      </div>
      {children}
    </section>
  )
}
