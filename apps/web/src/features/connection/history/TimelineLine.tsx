import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Pill, type Tone } from "#ui/marks/Pill.tsx"
import { toActionWords, toOutcomeName } from "#copy/audit.ts"
import { toStateWords } from "#copy/peerings.ts"
import layout from "#ui/layout.module.css"
import styles from "./history.module.css"
import { toGapWords, type TimelineEntry } from "./timeline-entries.ts"

/** Renders one line of a timeline: an observed status, a gap, or what somebody did. */
export function TimelineLine({ entry, isChosen }: { entry: TimelineEntry; isChosen: boolean }) {
  return (
    <li className={styles.moment} aria-current={isChosen ? "true" : undefined}>
      <span className={layout.quiet}>
        <Timestamp at={entry.at} toTheSecond />
      </span>
      <span>
        <What entry={entry} />
      </span>
    </li>
  )
}

const tones: readonly Tone[] = ["atlas", "you", "works", "failed", "closing"]

/** Returns whether Atlas or a person has to act in that state. */
function hasOwner(tone: Tone): tone is "atlas" | "you" {
  return tone === "atlas" || tone === "you"
}

/** Renders the two polls between which a status came. Atlas's answer to our own request is exact. */
function WhenItCame({ at, after }: { at: string; after: string | null }) {
  if (after === null) return "already so at the first look"
  if (after === at) return "seen at that moment"
  return (
    <>
      between <Timestamp at={after} toTheSecond /> and then
    </>
  )
}

function What({ entry }: { entry: TimelineEntry }) {
  switch (entry.kind) {
    case "seen": {
      const { at, what, status, turn, after } = entry.observation
      const words = what === "gone" ? "No longer in Atlas" : (status ?? "No status")
      const tone = what === "gone" ? "closing" : (tones.find((one) => one === turn) ?? "unknown")
      return (
        <>
          <Pill tone={tone}>{words}</Pill> {hasOwner(tone) && `${toStateWords(tone, status)}, `}
          <WhenItCame at={at} after={after} />
        </>
      )
    }
    case "gap":
      return (
        <>
          <em>{toGapWords(entry.gap)}</em> until <Timestamp at={entry.gap.until} toTheSecond />
          {entry.gap.problem !== null && (
            <>
              {" "}
              (<code>{entry.gap.problem}</code>)
            </>
          )}
        </>
      )
    case "act": {
      const { action, by, reason, outcome, answerCode } = entry.act
      return (
        <>
          {toActionWords(action)}
          {outcome !== null && `: ${toOutcomeName(outcome)}`}
          {by !== null && `, ${by}`}
          {reason !== null && `, "${reason}"`}
          {answerCode !== null && (
            <>
              {" "}
              (<code>{answerCode}</code>)
            </>
          )}
        </>
      )
    }
  }
}
