import type { Container, Peering } from "@peering-desk/shared-schemas"
import {
  getWaitingOn,
  toExportSubject,
  type Path,
  type PathStop,
  type RunbookStep,
} from "@peering-desk/peering-rules"
import { Suspense } from "react"
import { PathSources } from "#features/connection/facts/PathSources.tsx"
import { PathRows } from "#features/connection/rows/PathRows.tsx"
import { ExportCode } from "#shared/ExportCode.tsx"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { listWays, useWay } from "#shared/setup/way.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { ActivityTab } from "./lazy-activity.ts"
import styles from "./PeeringPage.module.css"

export type ViewName = "path" | "activity" | "code"

/** The views of a connection under their tabs: what is left to do, what happened, and its code. */
export function PeeringViews({
  peering,
  container,
  name,
  view,
  isGone,
  path,
  proven,
  steps,
  openStop,
  onOpenStop,
  onShowStop,
  clusterId,
  onChooseCluster,
  usualTimes,
}: {
  peering: Peering
  container: Container | null
  name: string
  view: ViewName
  isGone: boolean
  path: Path
  /** "3 of 7". */
  proven: string
  steps: readonly RunbookStep[]
  openStop: PathStop["id"] | null
  onOpenStop: (id: PathStop["id"] | null) => void
  /** Opens a stop and moves the focus there. */
  onShowStop: (id: PathStop["id"]) => void
  clusterId: string | null
  onChooseCluster: (id: string | null) => void
  usualTimes: UsualTimes
}) {
  const { projectId, id, peer } = peering
  const [way, chooseWay] = useWay()
  const turn = getWaitingOn(peer)
  const hasPath = !isGone && turn !== "closing"
  const ways = listWays(steps, peer.providerName)
  const subject = toExportSubject(peering, container)
  return (
    <div className="narrow">
      <RouteTabs
        label={`Views of ${name}`}
        tabs={[
          {
            title: "Path",
            href: pagePaths.connection(projectId, id),
            isCurrent: view === "path",
            ...(hasPath && turn !== "failed" && { count: proven }),
          },
          {
            title: "Activity",
            href: pagePaths.connectionActivity(projectId, id),
            isCurrent: view === "activity",
          },
          { title: "Code", href: pagePaths.connectionCode(projectId, id), isCurrent: view === "code" },
        ]}
        aside={
          view === "path" && ways.length > 1 && turn !== "failed" ? (
            <SegmentedControl label="Show steps for" options={ways} value={way} onChange={chooseWay} />
          ) : undefined
        }
      />
      <div className={styles.tab}>
        {view === "path" && hasPath && (
          <>
            <PathRows
              peering={peering}
              container={container}
              path={path}
              steps={steps}
              way={way}
              open={openStop}
              onOpen={onOpenStop}
              onShow={onShowStop}
              clusterId={clusterId}
              onChooseCluster={onChooseCluster}
            />
            {(turn !== "failed" || openStop !== null) && (
              <PathSources
                peering={peering}
                container={container}
                proven={`${proven} proven`}
                hasScript={!path.isOwnSideUnknown}
              />
            )}
          </>
        )}
        {view === "path" && !hasPath && (
          <p className="quiet pad-y-16">
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
          <div className="pad-top-16">
            <ExportCode subject={isGone ? { ...subject, peerId: null } : subject} />
          </div>
        )}
      </div>
    </div>
  )
}
