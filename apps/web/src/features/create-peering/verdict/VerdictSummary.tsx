import { useSettled } from "#ui/hooks/use-settled.ts"
import { toVerdictTitle } from "#copy/verdict.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import styles from "./verdict.module.css"

/** A screen reader announces the verdict once it is this old, in milliseconds. */
const calmMs = 1_000

/** Leads narrow windows to the panel below the form, and announces where the verdict ends up: good news once the server confirmed it. */
export function VerdictSummary({ live: { summary, confirmedAt } }: { live: LiveVerdict }) {
  const isEarly =
    summary?.kind === "incomplete" ||
    (confirmedAt === null && (summary?.kind === "ready" || summary?.kind === "warnings"))
  const title = summary === null || isEarly ? null : toVerdictTitle(summary)
  const aloud = useSettled(title?.says ?? "", calmMs)
  return (
    <>
      <p className={styles.summary}>
        {title !== null && (
          <>
            {title.says}. <a href="#verdict">Plan and checks</a>
          </>
        )}
      </p>
      <output className="visually-hidden">{aloud}</output>
    </>
  )
}
