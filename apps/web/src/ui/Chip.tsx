import type { ReactNode } from "react"
import styles from "./Chip.module.css"

/** A small switch that narrows what is shown. */
export function Chip({
  pressed,
  count,
  onPress,
  children,
}: {
  pressed: boolean
  /** How many fit; a text keeps the place of a number that is not known yet. */
  count?: number | string | undefined
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onPress}>
      {children}
      {count !== undefined && (
        <>
          {" "}
          <span className={styles.count}>{count.toLocaleString("en-US")}</span>
        </>
      )}
    </button>
  )
}
