import { useId } from "react"
import { Button } from "#ui/Button.tsx"
import { Pill } from "#ui/Pill.tsx"
import { CheckList } from "./CheckList.tsx"
import { PlanSteps } from "./PlanSteps.tsx"
import { SuggestedFixes } from "./SuggestedFixes.tsx"
import type { Fillings } from "#features/create-peering/prefill/use-prefill.ts"
import type { LiveVerdict } from "./use-verdict.ts"
import { groups, toSummary } from "#copy/verdict.ts"
import styles from "./verdict.module.css"

/** Whether what is filled in will work, why, and what would make it work. */
export function VerdictPanel({
  projectId,
  live: { verdict, confirmedAt, error },
  prefills,
}: {
  projectId: string
  live: LiveVerdict
  prefills: Fillings
}) {
  const titleId = useId()
  return (
    <section id="verdict" tabIndex={-1} className={styles.panel} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Will this work?
      </h2>
      {prefills.last !== null && (
        <p className={styles.undo}>
          <span className={styles.quiet}>Done: {prefills.last}</span>{" "}
          <Button size="small" kind="quiet" onClick={prefills.takeBack}>
            Undo
          </Button>
        </p>
      )}
      {verdict === null ? (
        <p className={styles.quiet}>
          {error === null
            ? "Reading what is there"
            : "What is in the project cannot be read at the moment, so this cannot be told beforehand. It is checked again when you create it."}
        </p>
      ) : (
        <>
          <p>
            <Pill tone={toSummary(verdict).tone}>{toSummary(verdict).says}</Pill>
          </p>
          <SuggestedFixes projectId={projectId} proposals={verdict.proposals} onApply={prefills.apply} />
          {groups.map(({ status, tone, title }) => {
            const checks = verdict.checks.filter((check) => check.status === status)
            if (checks.length === 0) return null
            return (
              <CheckList
                key={status}
                tone={tone}
                title={title}
                checks={checks}
                // What is in order needs no room until somebody asks.
                collapsed={status === "green" || (status === "open" && verdict.status !== "open")}
              />
            )
          })}
          {verdict.plan !== null && <PlanSteps plan={verdict.plan} confirmedAt={confirmedAt} />}
        </>
      )}
    </section>
  )
}
