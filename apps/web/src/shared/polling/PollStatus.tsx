import type { Watch } from "@peering-desk/shared-schemas"
import { Icon } from "#ui/marks/Icon.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./PollStatus.module.css"
import { toEarliest, toTroubles } from "./poll-problems.ts"

/** Says when Atlas was last polled, in one line that is always there, or what went wrong. */
export function PollStatus({ watches }: { watches: readonly Watch[] }) {
  const troubles = toTroubles(watches)
  if (troubles.length === 0) {
    const oldest = toEarliest(watches, "checkedAt")
    return (
      <p className={styles.line}>{oldest !== null && <>As Atlas said at {<Timestamp at={oldest} />}</>}</p>
    )
  }
  return (
    <>
      {troubles.map(({ key, words, clouds, checkedAt, retryAt }) => (
        <p key={key} className={`${styles.line} ${styles.trouble}`}>
          <Icon name="you" />
          <span>
            {clouds}: {words.title}.{" "}
            {checkedAt === null ? (
              "Nothing is known yet"
            ) : (
              <>Shown as it was at {<Timestamp at={checkedAt} />}</>
            )}
            {retryAt !== null && <>, next look at {<Timestamp at={retryAt} />}</>}.
          </span>
        </p>
      ))}
    </>
  )
}
