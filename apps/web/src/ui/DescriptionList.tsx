import type { ReactNode } from "react"
import styles from "./DescriptionList.module.css"

/** Labels and their values, one a line. */
export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className={`grid ${styles.facts}`}>{children}</dl>
}

/** One labelled value. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={`baseline split narrow ${styles.row}`}>
      <dt className="faint">{label}</dt>
      <dd className="narrow wrap">{children}</dd>
    </div>
  )
}
