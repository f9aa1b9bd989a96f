import { providerLabels, type ProblemCode, type Watch } from "@peering-desk/shared-schemas"
import { Glyph } from "#ui/Glyph.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Moment } from "#wording/Moment.tsx"
import { problemWords } from "#wording/problem-words.ts"
import styles from "./WatchLine.module.css"

/** When Atlas was last looked at, in one line that is always there; what went wrong takes its place. */
export function WatchLine({ watches }: { watches: readonly Watch[] }) {
  const troubles = toTroubles(watches)
  if (troubles.length === 0) {
    const oldest = watches
      .map(({ checkedAt }) => checkedAt)
      .filter((at) => at !== null)
      .sort()[0]
    return (
      <p className={styles.line}>{oldest !== undefined && <>As Atlas said at {<Moment at={oldest} />}</>}</p>
    )
  }
  return (
    <>
      {troubles.map(({ problem, clouds, checkedAt, retryAt }) => (
        <p key={problem} className={`${styles.line} ${styles.trouble}`}>
          <Glyph name="you" />
          <span>
            {clouds}: {problemWords[problem].title}.{" "}
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
      <Notice tone="you" title={`${clouds}: ${problemWords[problem].title}`}>
        <p>{problemWords[problem].advice}</p>
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
    const checked = same.map(({ checkedAt }) => checkedAt)
    return {
      problem,
      clouds: same.map(({ providerName }) => providerLabels[providerName]).join(", "),
      checkedAt: checked.includes(null) ? null : (checked.sort()[0] ?? null),
      retryAt: same.map(({ retryAt }) => retryAt).sort()[0] ?? null,
    }
  })
}
