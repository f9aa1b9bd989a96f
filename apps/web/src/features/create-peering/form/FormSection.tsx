import { useId, type ReactNode } from "react"
import styles from "./form.module.css"

/** A part of the form: a heading with a few words beside it. */
export function FormSection({
  title,
  lead,
  aside,
  children,
}: {
  title: ReactNode
  lead?: ReactNode
  /** A control at the end of the heading's line, which keeps its height until it comes. */
  aside?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="narrow line-above above-20 pad-top-20" aria-labelledby={id}>
      <div className={`baseline wrap gap-2 gap-x-10 high-28 ${styles.head}`}>
        <h2 id={id} className="narrow">
          {title}
        </h2>
        {lead !== undefined && <p className={styles.quiet}>{lead}</p>}
        {aside !== undefined && <div className="tap-44 push self-middle high-28">{aside}</div>}
      </div>
      {children}
    </section>
  )
}
