import type { ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./Notice.module.css"

/**
 * Something the person should know, calmly. `failed` when what they asked for did not happen, `you` when it is theirs to
 * put right, `works` when it is proven to be well, `info` otherwise. `announce` reads it out when it appears after an action.
 */
export function Notice({
  tone = "info",
  title,
  announce = false,
  actions,
  children,
}: {
  tone?: "info" | "works" | "you" | "failed"
  title: ReactNode
  announce?: boolean
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <div
      className={`beside gap-10 card pad-y-12 pad-x-16 ${styles.notice}`}
      data-tone={tone}
      role={announce ? "alert" : undefined}
    >
      <Icon name={tone} />
      <div className={`grow narrow wrap ${styles.body}`}>
        <p className="strong">{title}</p>
        {children}
        {actions && <div className={`flow ${styles.actions}`}>{actions}</div>}
      </div>
    </div>
  )
}
