import type { ReactNode } from "react"
import styles from "./EmptyState.module.css"

/** What a list without rows shows: what is missing, and the way on. */
export function EmptyState({
  title,
  action,
  children,
}: {
  title: ReactNode
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={`grid gap-8 wrap center ${styles.empty}`}>
      <p className="strong">{title}</p>
      {children !== undefined && <div className={`below-8 quiet ${styles.words}`}>{children}</div>}
      {action}
    </div>
  )
}
