import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toExportSubject } from "@peering-desk/peering-rules"
import { Suspense } from "react"
import { listNeeded } from "#features/connection/setup/setup-steps.ts"
import { SetupTab } from "#features/connection/setup/SetupTab.tsx"
import { ExportCode } from "#shared/ExportCode.tsx"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { listWays, useWay } from "#shared/setup/way.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { ActivityTab } from "./lazy-activity.ts"
import styles from "./PeeringPage.module.css"

export type ViewName = "setup" | "activity" | "code"

/** The views of a connection under their tabs: what is left to do, what happened, and its code. */
export function PeeringViews({
  peering,
  container,
  name,
  view,
  isGone,
  hasFailed,
  steps,
  openStep,
  onOpenStep,
  usualTimes,
}: {
  peering: Peering
  container: Container | null
  name: string
  view: ViewName
  isGone: boolean
  hasFailed: boolean
  steps: readonly SetupStep[]
  /** The id of the open step. */
  openStep: string | null
  onOpenStep: (id: string | null) => void
  usualTimes: UsualTimes
}) {
  const { projectId, id, peer } = peering
  const [way, chooseWay] = useWay()
  const needed = listNeeded(steps)
  const doneCount = needed.filter(({ isDone }) => isDone).length
  const ways = listWays(
    steps.map(({ step }) => step),
    peer.providerName,
  )
  const subject = toExportSubject(peering, container)
  return (
    <div className="narrow">
      <RouteTabs
        label={`Views of ${name}`}
        tabs={[
          {
            title: "Setup",
            href: pagePaths.connection(projectId, id),
            isCurrent: view === "setup",
            ...(needed.length > 0 && !hasFailed && { count: `${doneCount} of ${needed.length}` }),
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
            container={container}
            steps={steps}
            way={way}
            open={openStep}
            onOpen={onOpenStep}
          />
        )}
        {view === "setup" && steps.length === 0 && (
          <p className={`quiet ${styles.none}`}>
            {isGone ? "This connection is deleted." : "This connection is being deleted."} Activity shows what
            happened.
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
  )
}
