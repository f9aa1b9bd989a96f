import type { ReactNode } from "react"
import { Icon } from "./Icon.tsx"
import styles from "./Pill.module.css"

/** The tone of a state, who acts next or the outcome: the only meaning of colour. */
export type Tone = "atlas" | "you" | "works" | "failed" | "closing" | "unknown"

/** A state in its colour, with its sign and its words. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline gap-6 rounded-14 max-full wrap small strong toned ${styles.pill}`}
      data-tone={tone}
    >
      <Icon name={tone} />
      {children}
    </span>
  )
}
