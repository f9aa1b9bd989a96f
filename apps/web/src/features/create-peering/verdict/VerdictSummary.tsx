import { useSettled } from "#ui/hooks/use-settled.ts"
import { notCheckedByServer, toVerdictTitle } from "#copy/verdict.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import styles from "./verdict.module.css"

/** A screen reader announces the verdict once it is this old, in milliseconds. */
const calmMs = 1_000

/** Leads narrow windows to the panel below the form, and announces where the verdict ends up: good news once the server confirmed it. */
export function VerdictSummary({ live }: { live: LiveVerdict }) {
  const says = toWords(live)
  const aloud = useSettled(says ?? "", calmMs)
  return (
    <>
      <p className={styles.summary}>
        {says !== null && (
          <>
            {says}. <a href="#verdict">Plan and checks</a>
          </>
        )}
      </p>
      <output className="visually-hidden">{aloud}</output>
    </>
  )
}

/** Returns null while there is nothing to say yet. */
function toWords({ summary, confirmedAt, isUnconfirmed }: LiveVerdict): string | null {
  if (summary === null || summary.kind === "incomplete") return null
  const isGood = summary.kind !== "refused"
  if (!isGood || confirmedAt !== null) return toVerdictTitle(summary).says
  return isUnconfirmed ? notCheckedByServer : null
}
