import type { VerdictSummary } from "@peering-desk/peering-rules"
import {
  findContainerOf,
  type CheckId,
  type PeeringDraft,
  type SuggestedFix,
} from "@peering-desk/shared-schemas"
import { Suspense, type ReactNode } from "react"
import { formatCount } from "#copy/counts.ts"
import { toVerdictTitle } from "#copy/verdict.ts"
import { useCloudFormContext } from "#features/create-peering/form/cloud-form-context.ts"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { usePlan } from "#shared/path/use-plan.ts"
import { Button } from "#ui/Button.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { CheckList } from "./CheckList.tsx"
import type { LiveVerdict } from "./use-verdict.ts"
import styles from "./verdict.module.css"
import { lazyPart } from "#ui/lazy-part.tsx"

// Few drafts need them.
const LookUp = lazyPart(async () => (await import("./LookUp.tsx")).LookUp)
const SuggestedFixes = lazyPart(async () => (await import("./SuggestedFixes.tsx")).SuggestedFixes)

/** The checks that a look-up of the network decides. */
const ofLookUp: ReadonlySet<CheckId> = new Set([
  "known-network",
  "overlap-with-container",
  "overlap-with-other-network",
  "existing-routes",
  "dns",
  "cloud-permission",
])

/** A screen reader announces the verdict once it is this old, in milliseconds. */
const calmMs = 1_000

/** Draws the path that the open form leads to, and says what its checks found. */
export function VerdictPanel({
  projectId,
  live,
  todo,
}: {
  projectId: string
  live: LiveVerdict
  /** What the fields of the form still need; null for nothing. */
  todo: string | null
}) {
  const { prefill, sending } = useCloudFormContext()
  const { draft, summary } = live
  const fixes = listFixes(live)
  const linked = fixes.flatMap(({ change }) => ("peeringId" in change ? change.peeringId : []))
  const state = summary === null ? null : toVerdictTitle(summary, todo, live)
  const aloud = useSettled(state?.isSettled === true ? state.says : "", calmMs)
  const suggested = (
    <Suspense>{fixes.length > 0 && <SuggestedFixes projectId={projectId} fixes={fixes} />}</Suspense>
  )
  return (
    <section
      id="verdict"
      tabIndex={-1}
      className={`card wrap divided ${styles.panel}`}
      aria-label="Plan and checks"
    >
      {prefill.last !== null && (
        <p className="row split gap-4 gap-x-10">
          <span className={styles.quiet}>{prefill.last}</span>{" "}
          <Button size="small" kind="quiet" isBusy={sending} onClick={prefill.undo}>
            Undo
          </Button>
        </p>
      )}
      <div className={`row split gap-12 ${styles.head}`}>
        <h2>Plan</h2>
        {state !== null && <Pill tone={state.tone}>{state.says}</Pill>}
        <output className="visually-hidden">{aloud}</output>
      </div>
      {/* Problems come before the path. */}
      {summary !== null && summary.refused.length > 0 && (
        <>
          <Group tone="failed" title={`Can't create yet: ${formatCount(summary.refused.length, "problem")}`}>
            <CheckList checks={summary.refused} linked={linked} drawn />
          </Group>
          {suggested}
        </>
      )}
      <div className={styles.plan}>
        <div className={styles.drawing}>
          <PlanDrawing projectId={projectId} draft={draft} />
        </div>
      </div>
      {summary === null ? (
        <NotRead error={live.error} />
      ) : (
        <Findings summary={summary} live={live} linked={linked} suggested={suggested} />
      )}
    </section>
  )
}

function listFixes({ summary, verdict }: LiveVerdict): readonly SuggestedFix[] {
  return summary === null || summary.kind === "incomplete" ? [] : (verdict?.suggestedFixes ?? [])
}

function NotRead({ error }: { error: unknown }) {
  return (
    <p className="quiet">
      {error === null
        ? "Reading the project"
        : "Not checked: the project can't be read now. The server checks again when you create the connection."}
    </p>
  )
}

/** Shows the checks that don't stop the create: warnings, passed checks and checks that could not be made. */
function Findings({
  summary: { kind, refused, warnings, notes, passed, notChecked },
  live,
  linked,
  suggested,
}: {
  summary: VerdictSummary
  live: LiveVerdict
  linked: readonly string[]
  suggested: ReactNode
}) {
  return (
    <>
      {warnings.length > 0 && (
        <Group tone="you" title={formatCount(warnings.length, "warning")}>
          <CheckList checks={warnings} linked={linked} drawn />
        </Group>
      )}
      {refused.length === 0 && suggested}
      {kind !== "incomplete" && passed.length + notes.length > 0 && (
        <Fold
          icon={<Icon name="works" />}
          title={`${formatCount(passed.length, "check")} passed, ${formatCount(warnings.length, "warning")}`}
        >
          <CheckList checks={[...notes, ...passed]} />
        </Fold>
      )}
      {notChecked.length > 0 && (
        <Fold
          icon={<span aria-hidden="true" className="still dashed-ring" />}
          title={`${notChecked.length} not checked`}
        >
          <CheckList checks={notChecked} />
          {notChecked.some(({ id }) => ofLookUp.has(id)) && (
            <Suspense>
              <LookUp draft={live.draft} atlasCidr={findContainer(live)?.atlasCidrBlock ?? null} />
            </Suspense>
          )}
        </Fold>
      )}
    </>
  )
}

/** Finds the container of the draft, which may be a new one. */
function findContainer({ draft, snapshot }: LiveVerdict) {
  const { providerName, request, newContainer } = draft
  const named = { providerName, containerId: request["containerId"] }
  return newContainer ?? findContainerOf(named, snapshot?.here.containers)
}

function Group({ tone, title, children }: { tone: "failed" | "you"; title: string; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3 className={`line gap-10 strong text-14 ${styles.groupTitle}`} data-tone={tone}>
        <Icon name={tone} />
        <span>{title}</span>
      </h3>
      <div className={`quiet ${styles.groupBody}`}>{children}</div>
    </div>
  )
}

function Fold({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <details className={styles.part}>
      <summary
        className={`line gap-10 press strong text-14 unmarked tap-44 ${styles.groupTitle}`}
        data-tone="works"
      >
        {icon}
        <span className="grow">{title}</span>
        <Icon name="chevron-down" />
      </summary>
      <div className={`quiet ${styles.groupBody}`}>{children}</div>
    </details>
  )
}

/** Draws the path that a draft leads to. */
function PlanDrawing({ projectId, draft }: { projectId: string; draft: PeeringDraft }) {
  const { path, own, atlas } = usePlan(projectId, draft)
  return <PathPicture layout="down" {...{ path, own, atlas }} gap={{ above: null, below: null }} />
}
