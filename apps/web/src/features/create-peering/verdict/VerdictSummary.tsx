import { Pill } from "#ui/Pill.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import { toSummary } from "#copy/verdict.ts"
import styles from "./verdict.module.css"

/** So long the summary stays the same before it is read out, in milliseconds. */
const calmMs = 1_000

/** The verdict in a sentence right above the button, for windows that have no room for it beside the form. Says it aloud when it changes. */
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
