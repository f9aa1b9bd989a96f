import type { Watch } from "@peering-desk/shared-schemas"
import { Glyph } from "#ui/Glyph.tsx"
import { Moment } from "#ui/Moment.tsx"
import styles from "./WatchLine.module.css"
import { toEarliest, toTroubles } from "./watch-troubles.ts"

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
