import type { ReactNode } from "react"
import { Fact, Facts } from "#ui/Facts.tsx"
import { notGiven } from "#wording/connection-words.ts"
import styles from "./Shore.module.css"

/** One of the two networks. `asked` rings it: it is this side's turn. */
export function Shore({
  title,
  place,
  asked = false,
  children,
}: {
  title: string
  place: string
  asked?: boolean
  children: ReactNode
}) {
  return (
    <div className={asked ? `${styles.shore} ${styles.asked}` : styles.shore}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <span className={styles.place}>{place}</span>
      </div>
      <Facts>{children}</Facts>
    </div>
  )
}

/** An identifier on a shore, in full; what Atlas did not give is said, not left blank. */
export function ShoreFact({
  label,
  value,
  missing = notGiven,
}: {
  label: string
  value: string | null | undefined
  missing?: ReactNode
}) {
  return <Fact label={label}>{value ? <code>{value}</code> : missing}</Fact>
}
