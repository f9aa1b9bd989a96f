import { providerLabels, type Watch } from "@peering-desk/shared-schemas"
import { RefusalNotice } from "#forms/RefusalNotice.tsx"
import { Glyph } from "#ui/Glyph.tsx"
import { Moment } from "#ui/Moment.tsx"
import { toCodeWords, type ProblemWords } from "#wording/reading-problem-words.ts"
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
      {troubles.map(({ key, words, clouds, checkedAt, retryAt }) => (
        <p key={key} className={`${styles.line} ${styles.trouble}`}>
          <Glyph name="you" />
          <span>
            {clouds}: {words.title}.{" "}
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
  return toTroubles(watches).map(({ key, words, clouds, projectId }) => (
    <div key={key} className={styles.advice}>
      <RefusalNotice tone="you" before={`${clouds}: `} words={words} projectId={projectId} />
    </div>
  ))
}

interface Trouble {
  /** The same for clouds that have the same trouble. */
  key: string
  projectId: string
  words: ProblemWords
  /** The clouds that have it, as a text. */
  clouds: string
  checkedAt: string | null
  retryAt: string | null
}

/** The troubles, each once with all the clouds that have it, and the oldest and soonest of their times. */
function toTroubles(watches: readonly Watch[]): Trouble[] {
  const keys = new Set(watches.map(toKey).filter((key) => key !== null))
  return [...keys].flatMap((key) => {
    const same = watches.filter((watch) => toKey(watch) === key)
    const [first] = same
    if (first?.problem == null) return []
    return {
      key,
      projectId: first.projectId,
      words: { ...toCodeWords(first.problem), code: null, atlas: first.atlas ?? null },
      clouds: same.map(({ providerName }) => providerLabels[providerName]).join(", "),
      checkedAt: same.some(({ checkedAt }) => checkedAt === null) ? null : toEarliest(same, "checkedAt"),
      retryAt: toEarliest(same, "retryAt"),
    }
  })
}

function toKey({ problem, atlas }: Watch): string | null {
  return problem === null ? null : `${problem} ${atlas?.errorCode ?? ""}`
}

/** The earliest of some instants, all ISO 8601 in UTC; null when there is none. */
function toEarliest(watches: readonly Watch[], name: "checkedAt" | "retryAt"): string | null {
  return watches
    .map((watch) => watch[name])
    .reduce((earliest, at) => (earliest === null || (at !== null && at < earliest) ? at : earliest), null)
}
