import type { ReactNode } from "react"
import styles from "./EmptyState.module.css"
import { Icon, type IconName } from "./marks/Icon.tsx"

/** What a list without rows shows: what is missing, and the way on. */
export function EmptyState({
  title,
  icon,
  action,
  children,
}: {
  title: ReactNode
  /** Of what is missing, drawn as a stop on a path. */
  icon?: IconName
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={`grid gap-8 wrap center ${styles.empty}`}>
      {icon !== undefined && (
        <span className={`grid below-8 centre-items ${styles.picture}`} aria-hidden="true">
          <svg viewBox="0 0 240 40">
            <path d="M6 20H234" />
            {[6, 42, 78, 162, 198, 234].map((x) => (
              <circle key={x} cx={x} cy="20" r="5.5" />
            ))}
            <circle cx="120" cy="20" r="19" />
          </svg>
          <Icon name={icon} />
        </span>
      )}
      <p className="strong">{title}</p>
      {children !== undefined && <div className={`below-8 quiet ${styles.words}`}>{children}</div>}
      {action}
    </div>
  )
}
