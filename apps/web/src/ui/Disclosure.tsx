import type { ReactNode, Ref } from "react"
import styles from "./Disclosure.module.css"

/** A folded part of a page. Its content is rendered only while it is open. */
export function Disclosure({
  title,
  aside,
  open,
  onToggle,
  ref,
  children,
}: {
  title: ReactNode
  /** In a few words, what is inside. */
  aside?: ReactNode
  open: boolean
  onToggle: (open: boolean) => void
  /** Its title line, to put the focus there. */
  ref?: Ref<HTMLElement>
  children: ReactNode
}) {
  return (
    <details className={styles.fold} open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary ref={ref} className={styles.summary}>
        <h2 className={styles.title}>{title}</h2>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      {open && <div className={styles.body}>{children}</div>}
    </details>
  )
}
