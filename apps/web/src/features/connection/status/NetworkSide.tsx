import type { ReactNode } from "react"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { notGiven } from "#copy/peerings.ts"
import styles from "./NetworkSide.module.css"

/** One of the two networks. `asked` rings it: it is this side's turn. */
export function NetworkSide({
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
      <DescriptionList>{children}</DescriptionList>
    </div>
  )
}

/** An identifier of a network; says so when Atlas did not give it. */
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
