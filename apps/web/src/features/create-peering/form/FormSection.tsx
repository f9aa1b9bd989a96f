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
    <section className={styles.section} aria-labelledby={id}>
      <div className={`baseline wrap ${styles.head}`}>
        <h2 id={id}>{title}</h2>
        {lead !== undefined && <p className={styles.quiet}>{lead}</p>}
        {aside !== undefined && <div className={`tap-44 push ${styles.aside}`}>{aside}</div>}
      </div>
      {children}
    </section>
  )
}
