import { Pill } from "#ui/marks/Pill.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import { toSummary } from "#copy/verdict.ts"
import styles from "./verdict.module.css"

/** A screen reader announces the summary once it is this old, in milliseconds. */
const calmMs = 1_000

/** Shows the verdict in one sentence above the button, for narrow windows, and announces changes. */
export function VerdictSummary({ live: { verdict } }: { live: LiveVerdict }) {
  const summary = verdict === null ? null : toSummary(verdict)
  const aloud = useSettled(summary?.says ?? "", calmMs)
  return (
    <>
      {summary !== null && (
        <p className={styles.summary}>
          <Pill tone={summary.tone}>{summary.says}</Pill> <a href="#verdict">See why</a>
        </p>
      )}
      <output className="visually-hidden">{aloud}</output>
    </>
  )
}
