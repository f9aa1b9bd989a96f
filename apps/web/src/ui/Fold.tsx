import type { ReactNode } from "react"
import styles from "./Fold.module.css"

/** A part of a page that stands folded until it is wanted; what is inside is made only then. */
export function Fold({
  title,
  aside,
  open,
  onToggle,

  children,
}: {
  title: ReactNode
  /** In a few words, what is inside. */
  aside?: ReactNode
  open: boolean
  onToggle: (open: boolean) => void

  children: ReactNode
}) {
  return (
    <details className={styles.fold} open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <h2 className={styles.title}>{title}</h2>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      {open && <div className={styles.body}>{children}</div>}
    </details>
  )
}
