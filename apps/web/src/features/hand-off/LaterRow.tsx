import { useState, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./hand-off.module.css"

/** Something optional in one quiet line, which opens. What was typed in it stays when it closes. */
export function LaterRow({ title, says, children }: { title: string; says?: string; children: ReactNode }) {
  const [wasOpen, setWasOpen] = useState(false)
  return (
    <details
      className={`line-below ${styles.later}`}
      onToggle={({ currentTarget }) => currentTarget.open && setWasOpen(true)}
    >
      <summary className="line split gap-12 wide unmarked">
        <span className="narrow">
          <strong className="block">{title}</strong>
          {says !== undefined && <span className="quiet text-13">{says}</span>}
        </span>
        <Icon name="chevron-right" />
      </summary>
      {wasOpen && <div className={`stack gap-10 ${styles.opened}`}>{children}</div>}
    </details>
  )
}
