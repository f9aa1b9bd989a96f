import { Fragment, type ReactNode } from "react"
import { CopyButton } from "#ui/CopyButton.tsx"
import type { NetworkFact } from "#copy/network-facts.ts"
import { notGiven } from "#copy/peerings.ts"
import styles from "./NetworkSide.module.css"

/** Who has to act, or where it broke: the edge of the box has its colour. */
export type SideTone = "you" | "failed" | null

/** A value of a network; `shown` is how people write it. */
export interface SideFact {
  label: string
  value: ReactNode
  /** What is copied; null for a text that nobody copies. */
  copied: string | null
  isMono?: boolean
}

/** One of the two networks, with its values to copy. */
export function NetworkSide({
  title,
  mark,
  place,
  tone,
  facts,
}: {
  title: string
  mark: ReactNode
  place: string
  tone: SideTone
  facts: readonly SideFact[]
}) {
  return (
    <div className={`narrow edge-strong rounded on-raised ${styles.side}`} data-tone={tone ?? undefined}>
      <div className={`row faint ${styles.head}`}>
        {mark}
        <h2>{title}</h2>
        <span className="narrow push wrap right quiet text-13">{place}</span>
      </div>
      <dl className={`grid ${styles.facts}`}>
        {facts.map(({ label, value, copied, isMono = true }) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>
              {copied !== null && isMono ? <code>{value}</code> : <span>{value}</span>}
              {copied !== null && <CopyButton value={copied} label={`${label} of ${title.toLowerCase()}`} />}
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  )
}

/** Builds a fact that is copied as Atlas gives it. */
export function toFact(
  { label, value, shown = value ?? "" }: NetworkFact,
  missing: ReactNode = notGiven,
): SideFact {
  return value === null ? { label, value: missing, copied: null } : { label, value: shown, copied: value }
}
