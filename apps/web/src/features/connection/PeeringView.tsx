import { readStatus, type Container, type Peering, type Watch } from "@peering-desk/shared-schemas"
import { computeExpiry, toExportSubject } from "@peering-desk/peering-rules"
import { Suspense, useEffect, useRef, useState, type ReactNode } from "react"
import { useLocation } from "wouter"
import { toPeeringTitle } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import {
  findNextStep,
  getOpenStep,
  listNeeded,
  toSetupWords,
  toStepButtonId,
  useSetupSteps,
} from "#features/connection/setup/setup-steps.ts"
import { SetupTab } from "#features/connection/setup/SetupTab.tsx"
import { PeeringStatusCard } from "#features/connection/status/PeeringStatusCard.tsx"
import type { Deletion } from "#shared/deletion.ts"
import { useUsualTimes } from "#shared/inventory/usual-times.ts"
import { ExportCode } from "#shared/ExportCode.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { PollAdvice } from "#shared/polling/PollAdvice.tsx"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { formatStateTitle, usePageState } from "#shared/use-page-state.ts"
import { listWays, useWay } from "#shared/setup/way.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { useNow } from "#ui/time/now.ts"
import { ActivityTab } from "./lazy-activity.ts"
import { PeeringDetails } from "./PeeringDetails.tsx"
import { PeeringDialog, type DialogName } from "./PeeringDialog.tsx"
import { PeeringHeader } from "./PeeringHeader.tsx"
import styles from "./PeeringPage.module.css"
import { toStaleness } from "./staleness.ts"

export type ViewName = "setup" | "activity" | "code"

/** The page of a known connection. */
export function PeeringView({
  peering,
  container,
  projectName,
  deletion,
  watch,
  crumbs,
  view,
}: {
  peering: Peering
  container: Container | null | undefined
  projectName: string
  /** Null while Atlas lists it. */
  deletion: Deletion | null
  /** How its cloud is polled; null when that is not known. */
  watch: Watch | null
  crumbs: ReactNode[]
  view: ViewName
}) {
  const { projectId, id, peer } = peering
  const [, navigate] = useLocation()
  const permissions = usePermissionsIn(projectId)
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const [way, chooseWay] = useWay()
  const now = useNow()
  const isGone = deletion !== null
  const known = container ?? null
  const steps = useSetupSteps(peering, known, isGone)
  const next = findNextStep(steps, peering)
  const [chosen, setChosen] = useState<{ id: string | null } | null>(null)
  const toFocus = useRef<string | null>(null)
  const open = chosen === null ? getOpenStep(steps, peering) : chosen.id
  const usualTimes = useUsualTimes(peer.providerName)
  const stale = isGone ? null : toStaleness(watch)
  const name = peering.label ?? toPeeringTitle(peer)
  const summary = summariseState(
    peer,
    {
      expiry: computeExpiry(peering),
      usualMs: usualTimes[readStatus(peer) ?? ""] ?? null,
      atlasCidr: known?.atlasCidrBlock ?? null,
      deleted: isGone ? { by: deletion.by } : null,
    },
    now,
  )
  usePageState(stale === null ? summary.tone : null)

  // The step may be on a view that is only about to show.
  useEffect(() => {
    const button = toFocus.current === null ? null : document.getElementById(toStepButtonId(toFocus.current))
    if (button === null) return
    toFocus.current = null
    button.focus()
    button.scrollIntoView?.({ block: "nearest" })
  })

  function showNextStep() {
    const stepId = (next ?? steps[0])?.step.id
    if (view !== "setup") navigate(pagePaths.connection(projectId, id), { state: "keep-focus" })
    if (stepId === undefined) return
    setChosen({ id: stepId })
    toFocus.current = stepId
  }

  const needed = listNeeded(steps)
  const doneCount = needed.filter(({ isDone }) => isDone).length
  const ways = listWays(
    steps.map(({ step }) => step),
    peer.providerName,
  )
  const subject = toExportSubject(peering, known)
  return (
    <PermissionsContext value={permissions}>
      <PeeringHeader
        peering={peering}
        container={known}
        name={name}
        summary={summary}
        windowTitle={formatStateTitle(summary.tone, summary.title, name)}
        isGone={isGone}
        crumbs={crumbs}
        onOpen={setDialog}
      />
      <PeeringStatusCard
        peering={peering}
        container={container}
        projectName={projectName}
        summary={summary}
        deletion={deletion}
        stale={stale}
        usualTimes={usualTimes}
        setup={toSetupWords(steps)}
        actions={{
          openRequestAgain: () => setDialog("request-again"),
          openDelete: () => setDialog("delete"),
          showNextStep,
          hasStepsLeft: doneCount < needed.length,
          isOnSetup: view === "setup",
        }}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <RouteTabs
            label={`Views of ${name}`}
            tabs={[
              {
                title: "Setup",
                href: pagePaths.connection(projectId, id),
                isCurrent: view === "setup",
                ...(needed.length > 0 &&
                  summary.tone !== "failed" && { count: `${doneCount} of ${needed.length}` }),
              },
              {
                title: "Activity",
                href: pagePaths.connectionActivity(projectId, id),
                isCurrent: view === "activity",
              },
              { title: "Code", href: pagePaths.connectionCode(projectId, id), isCurrent: view === "code" },
            ]}
            aside={
              view === "setup" && ways.length > 1 ? (
                <SegmentedControl label="Show steps for" options={ways} value={way} onChange={chooseWay} />
              ) : undefined
            }
          />
          <div className={styles.tab}>
            {view === "setup" && (
              <SetupTab
                peering={peering}
                container={known}
                steps={steps}
                way={way}
                open={open}
                onOpen={(stepId) => setChosen({ id: stepId })}
              />
            )}
            {view === "setup" && steps.length === 0 && (
              <p className={styles.none}>
                {isGone ? "This connection is deleted." : "This connection is being deleted."} Activity shows
                what happened.
              </p>
            )}
            {view === "activity" && (
              // Only the view waits for its script, not the page.
              <Suspense fallback={<div aria-busy="true" />}>
                <ActivityTab peering={peering} usualTimes={usualTimes} />
              </Suspense>
            )}
            {view === "code" && (
              <div className={styles.code}>
                <ExportCode subject={isGone ? { ...subject, peerId: null } : subject} />
              </div>
            )}
          </div>
        </div>
        <PeeringDetails peering={peering} deletion={deletion} />
      </div>
      {watch !== null && !isGone && <PollAdvice watches={[watch]} />}
      {dialog !== null && (
        <PeeringDialog
          name={dialog}
          peering={peering}
          container={known}
          title={name}
          isGone={isGone}
          onOpen={setDialog}
        />
      )}
    </PermissionsContext>
  )
}
