import { providerLabels, type ProblemCode, type Watch } from "@peering-desk/shared-schemas"
import { Glyph } from "#ui/Glyph.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Moment } from "#ui/Moment.tsx"
import { toWordsOf } from "#wording/reading-problem-words.ts"
import styles from "./WatchLine.module.css"

/** When Atlas was last looked at, in one line that is always there; what went wrong takes its place. */
export function WatchLine({ watches }: { watches: readonly Watch[] }) {
  const troubles = toTroubles(watches)
  if (troubles.length === 0) {
    const oldest = toEarliest(watches, "checkedAt")
    return <p className={styles.line}>{oldest !== null && <>As Atlas said at {<Moment at={oldest} />}</>}</p>
  }
  return (
    <>
      {troubles.map(({ problem, clouds, checkedAt, retryAt }) => (
        <p key={problem} className={`${styles.line} ${styles.trouble}`}>
          <Glyph name="you" />
          <span>
            {clouds}: {toWordsOf(problem).title}.{" "}
            {checkedAt === null ? (
              "Nothing is known yet"
            ) : (
              <>Shown as it was at {<Moment at={checkedAt} />}</>
            )}
            {retryAt !== null && <>, next look at {<Moment at={retryAt} />}</>}.
          </span>
        </p>
      ))}
    </>
  )
}

/** What the troubles of the watch mean and who can end them. It stands below the list, which it must not move. */
export function WatchAdvice({ watches }: { watches: readonly Watch[] }) {
  return toTroubles(watches).map(({ problem, clouds }) => (
    <div key={problem} className={styles.advice}>
      <Notice tone="you" title={`${clouds}: ${toWordsOf(problem).title}`}>
        <p>{toWordsOf(problem).advice}</p>
      </Notice>
    </div>
  ))
}

interface Trouble {
  problem: ProblemCode
  /** The clouds that have it, as a text. */
  clouds: string
  checkedAt: string | null
  retryAt: string | null
}

/** The troubles, each once with all the clouds that have it, and the oldest and soonest of their times. */
function toTroubles(watches: readonly Watch[]): Trouble[] {
  const problems = new Set(watches.map(({ problem }) => problem).filter((problem) => problem !== null))
  return [...problems].map((problem) => {
    const same = watches.filter((watch) => watch.problem === problem)
    return {
      problem,
      clouds: same.map(({ providerName }) => providerLabels[providerName]).join(", "),
      checkedAt: same.some(({ checkedAt }) => checkedAt === null) ? null : toEarliest(same, "checkedAt"),
      retryAt: toEarliest(same, "retryAt"),
    }
  })
}

/** The earliest of some instants, all ISO 8601 in UTC; null when there is none. */
function toEarliest(watches: readonly Watch[], name: "checkedAt" | "retryAt"): string | null {
  return watches
    .map((watch) => watch[name])
    .reduce((earliest, at) => (earliest === null || (at !== null && at < earliest) ? at : earliest), null)
}
