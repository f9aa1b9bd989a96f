import type { ReactNode } from "react"
import styles from "./Panel.module.css"

/** What is to be done at the open stop: one sentence, one act, and beside it what to run or the evidence. */
export function Panel({
  title,
  children,
  actions,
  ifItFails,
  aside,
}: {
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** Folded. */
  ifItFails?: ReactNode
  aside?: ReactNode
}) {
  return (
    <div className={aside ? styles.panel : undefined}>
      <div className="stack gap-12 top">
        <div className="stack gap-4">
          <h3 className="text-16 lines-22">{title}</h3>
          <div className="quiet">{children}</div>
        </div>
        {actions && <div className={`row ${styles.actions}`}>{actions}</div>}
        {ifItFails && (
          <details className="fold">
            <summary>If it fails</summary>
            <div className="stack gap-8 above-8">{ifItFails}</div>
          </details>
        )}
      </div>
      {aside && <div className="narrow">{aside}</div>}
    </div>
  )
}
