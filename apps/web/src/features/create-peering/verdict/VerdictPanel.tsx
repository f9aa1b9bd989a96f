import type { CheckId, Container, SuggestedFix } from "@peering-desk/shared-schemas"
import { lazy, Suspense, type ReactNode } from "react"
import { formatCount } from "#copy/counts.ts"
import { toVerdictTitle } from "#copy/verdict.ts"
import { ReachFold } from "#shared/last-mile/ReachFold.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { CheckList } from "./CheckList.tsx"
import { PlanSteps } from "./PlanSteps.tsx"
import type { LiveVerdict } from "./use-verdict.ts"
import styles from "./verdict.module.css"

// Few drafts need them.
const LookUp = lazy(async () => ({ default: (await import("./LookUp.tsx")).LookUp }))
const SuggestedFixes = lazy(async () => ({ default: (await import("./SuggestedFixes.tsx")).SuggestedFixes }))

/** The checks that a look-up of the network decides. */
const ofLookUp: ReadonlySet<CheckId> = new Set([
  "known-network",
  "overlap-with-container",
  "overlap-with-other-network",
  "existing-routes",
  "dns",
  "cloud-permission",
])

/** Shows the plan of the open form and its checks, and nothing before a check can be made. */
export function VerdictPanel({
  projectId,
  live,
  wrong,
  lastPrefill,
  onUndo,
  onApply,
}: {
  projectId: string
  live: LiveVerdict
  /** Number of fields with an error. */
  wrong: number
  /** Title of the prefill that can be undone; null without one. */
  lastPrefill: string | null
  onUndo: () => void
  onApply: (fix: SuggestedFix) => void
}) {
  const { draft, verdict, summary, snapshot, error } = live
  const isChosen = ({ id, providerName }: Container) =>
    id === draft.request["containerId"] && providerName === draft.providerName
  const container = snapshot?.here.containers.find(isChosen) ?? null
  const atlasCidr = container?.atlasCidrBlock ?? draft.newContainer?.atlasCidrBlock ?? null
  const isStopped = summary === null || summary.kind === "refused" || summary.kind === "incomplete"
  const plan = isStopped ? null : verdict?.plan
  const fixes = summary === null || summary.kind === "incomplete" ? [] : (verdict?.suggestedFixes ?? [])
  const linked = fixes.flatMap(({ change }) => ("peeringId" in change ? change.peeringId : []))
  return (
    <section id="verdict" tabIndex={-1} className={`card wrap ${styles.panel}`} aria-label="Plan and checks">
      {lastPrefill !== null && (
        <p className={`row split ${styles.undo}`}>
          <span className={styles.quiet}>{lastPrefill}</span>{" "}
          <Button size="small" kind="quiet" onClick={onUndo}>
            Undo
          </Button>
        </p>
      )}
      {summary === null && (
        <p className="quiet">
          {error === null
            ? "Reading the project"
            : "Not checked: the project can't be read now. The server checks again when you create the connection."}
        </p>
      )}
      {plan != null && <PlanSteps live={live} plan={plan} container={container} />}
      {summary !== null && (
        <>
          {summary.kind === "incomplete" && <p className="quiet">{toVerdictTitle(summary, wrong).says}</p>}
          {summary.refused.length > 0 && (
            <Group tone="failed" icon={<Icon name="failed" />} title={toVerdictTitle(summary).says}>
              <CheckList checks={summary.refused} linked={linked} drawn />
            </Group>
          )}
          {summary.warnings.length > 0 && (
            <Group
              tone="you"
              icon={<Icon name="you" />}
              title={formatCount(summary.warnings.length, "warning")}
            >
              <CheckList checks={summary.warnings} linked={linked} drawn />
            </Group>
          )}
          {summary.kind !== "incomplete" && summary.notes.length > 0 && (
            <Group
              tone="unknown"
              icon={<Icon name="info" />}
              title={formatCount(summary.notes.length, "note")}
            >
              <CheckList checks={summary.notes} />
            </Group>
          )}
          <Suspense>
            {fixes.length > 0 && <SuggestedFixes projectId={projectId} fixes={fixes} onApply={onApply} />}
          </Suspense>
          {summary.kind !== "incomplete" && summary.passed.length > 0 && (
            <Passed
              isReady={summary.kind === "ready" && live.confirmedAt !== null}
              count={summary.passed.length}
            >
              <CheckList checks={summary.passed} />
            </Passed>
          )}
          {summary.notChecked.length > 0 && (
            <Group
              tone="unknown"
              icon={<span aria-hidden="true" className={`still ${styles.dashedRing}`} />}
              title={`${summary.notChecked.length} not checked`}
            >
              <CheckList checks={summary.notChecked} />
              {summary.notChecked.some(({ id }) => ofLookUp.has(id)) && (
                <Suspense>
                  <LookUp draft={draft} atlasCidr={atlasCidr} onApply={onApply} />
                </Suspense>
              )}
            </Group>
          )}
        </>
      )}
      <ReachFold providerName={draft.providerName} atlasCidr={atlasCidr} />
    </section>
  )
}

function Group({
  tone,
  icon,
  title,
  children,
}: {
  tone: "failed" | "you" | "unknown"
  icon: ReactNode
  title: string
  children: ReactNode
}) {
  return (
    <div className={styles.part}>
      <h3 className={`line gap-10 strong ${styles.groupTitle}`} data-tone={tone}>
        {icon}
        <span>{title}</span>
      </h3>
      <div className={`quiet ${styles.groupBody}`}>{children}</div>
    </div>
  )
}

function Passed({ isReady, count, children }: { isReady: boolean; count: number; children: ReactNode }) {
  const passed = `${formatCount(count, "check")} passed`
  return (
    <details className={styles.part}>
      <summary className={`line split gap-12 press ${styles.passed}`}>
        <span className={`line gap-10 strong ${styles.groupTitle}`} data-tone="works">
          <Icon name="works" />
          <span>{isReady ? "Ready to create" : passed}</span>
        </span>
        <span className={styles.quiet}>
          {isReady ? passed : "Show"} <Icon name="chevron-down" />
        </span>
      </summary>
      <div className={`quiet ${styles.groupBody}`}>{children}</div>
    </details>
  )
}
