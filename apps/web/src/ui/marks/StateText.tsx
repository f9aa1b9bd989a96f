import type { ReactNode } from "react"
import { Icon } from "./Icon.tsx"
import type { Tone } from "./Pill.tsx"
import styles from "./StateText.module.css"

/** A state in a list: its sign and words in its colour, and a second line. `isStale` drops the colour of an old state. */
export function StateText({
  tone,
  below,
  isStale = false,
  children,
}: {
  tone: Tone
  below?: ReactNode
  isStale?: boolean
  children: ReactNode
}) {
  return (
    <span className={`level text-13 lines-18 toned ${styles.state}`} data-tone={isStale ? "unknown" : tone}>
      <Icon name={tone} />
      <span className="strong">{children}</span>
      {below !== undefined && (
        <span className={`faint small lines-15 second-column ${styles.below}`}>{below}</span>
      )}
    </span>
  )
}
