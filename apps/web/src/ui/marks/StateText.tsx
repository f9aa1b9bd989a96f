import type { ReactNode } from "react"
import { Icon } from "./Icon.tsx"
import type { Tone } from "./Pill.tsx"
import styles from "./StateText.module.css"

/** A state in a list: its sign and words in its colour, and a second line. `isStale` drops the colour of an old state. */
export function StateText({
  tone,
  words,
  below,
  isStale = false,
}: {
  tone: Tone
  words: ReactNode
  below?: ReactNode
  isStale?: boolean
}) {
  return (
    <span className={`level text-13 lines-18 toned ${styles.state}`} data-tone={isStale ? "unknown" : tone}>
      <Icon name={tone} />
      <span className="strong">{words}</span>
      {below != null && <span className={`faint small lines-15 second-column ${styles.below}`}>{below}</span>}
    </span>
  )
}
