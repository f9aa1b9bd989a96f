import { Moment } from "#ui/Moment.tsx"
import { Pill, type Tone } from "#ui/Pill.tsx"
import { toActionWords, toOutcomeName } from "#wording/action-words.ts"
import styles from "./connection.module.css"
import { toGapWords, type TimelineEntry } from "./timeline-entries.ts"

/** One line of a timeline: a state that was seen, a time of which nothing is known, or what somebody did. */
export function TimelineLine({ entry, isChosen }: { entry: TimelineEntry; isChosen: boolean }) {
  return (
    <li className={styles.moment} aria-current={isChosen ? "true" : undefined}>
      <span className={styles.quiet}>
        <Moment at={entry.at} />
      </span>
      <span>
        <What entry={entry} />
      </span>
    </li>
  )
}

const tones: readonly Tone[] = ["atlas", "you", "works", "failed", "closing"]

function What({ entry }: { entry: TimelineEntry }) {
  switch (entry.kind) {
    case "seen": {
      const { what, status, turn, after } = entry.observation
      const words = what === "gone" ? "No longer in Atlas" : (status ?? "No status")
      const tone = what === "gone" ? "closing" : (tones.find((one) => one === turn) ?? "unknown")
      return (
        <>
          <Pill tone={tone}>{words}</Pill>{" "}
          {after === null ? (
            "already so at the first look"
          ) : (
            <>
              between <Moment at={after} /> and then
            </>
          )}
        </>
      )
    }
    case "gap":
      return (
        <>
          <em>{toGapWords(entry.gap)}</em> until <Moment at={entry.gap.until} />
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
