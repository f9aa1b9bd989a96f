import type { SuggestedFix } from "@peering-desk/shared-schemas"
import { useId } from "react"
import { Button } from "#ui/Button.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { CheckList } from "./CheckList.tsx"
import { PlanSteps } from "./PlanSteps.tsx"
import { SuggestedFixes } from "./SuggestedFixes.tsx"
import type { LiveVerdict } from "./use-verdict.ts"
import { groups, toSummary } from "#copy/verdict.ts"
import styles from "./verdict.module.css"

/** Shows the verdict on the open form: its checks, suggested fixes and plan. */
export function VerdictPanel({
  projectId,
  live: { verdict, confirmedAt, error },
  lastPrefill,
  onUndo,
  onApply,
}: {
  projectId: string
  live: LiveVerdict
  /** Title of the prefill that can be undone; null without one. */
  lastPrefill: string | null
  onUndo: () => void
  onApply: (fix: SuggestedFix) => void
}) {
  const titleId = useId()
  return (
    <section id="verdict" tabIndex={-1} className={styles.panel} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Will this work?
      </h2>
      {lastPrefill !== null && (
        <p className={styles.undo}>
          <span className={styles.quiet}>Done: {lastPrefill}</span>{" "}
          <Button size="small" kind="quiet" onClick={onUndo}>
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
          <SuggestedFixes projectId={projectId} fixes={verdict.suggestedFixes} onApply={onApply} />
          {groups.map(({ status, tone, title }) => {
            const checks = verdict.checks.filter((check) => check.status === status)
            if (checks.length === 0) return null
            return (
              <CheckList
                key={status}
                tone={tone}
                title={title}
                checks={checks}
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
