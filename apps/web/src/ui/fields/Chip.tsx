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
  /** The number that fits; a text keeps its place until it is known. */
  count?: number | string | undefined
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className={`edge-control on-card press quiet text-13 ${styles.chip}`}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {children}
      {count !== undefined && (
        <>
          {" "}
          <span className={`number inline-block ${styles.count}`}>{count.toLocaleString("en-US")}</span>
        </>
      )}
    </button>
  )
}
