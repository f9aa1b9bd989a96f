import { getWaitingOn, toExportSubject, type PathStop } from "@peering-desk/peering-rules"
import { Suspense } from "react"
import { PathSources } from "#features/connection/facts/PathSources.tsx"
import { PathRows } from "#features/connection/rows/PathRows.tsx"
import { ExportCode } from "#shared/ExportCode.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { listWays, useWay } from "#shared/setup/way.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { useConnectionPage } from "./connection-page.ts"
import styles from "./PeeringPage.module.css"

const ActivityTab = lazyPage(
  async () => (await import("#features/connection/history/ActivityTab.tsx")).ActivityTab,
)

export type ViewName = "path" | "activity" | "code"

/** The views of a connection under their tabs: what is left to do, what happened, and its code. */
export function PeeringViews({
  view,
  openStop,
  onOpenStop,
}: {
  view: ViewName
  openStop: PathStop["id"] | null
  onOpenStop: (id: PathStop["id"] | null) => void
}) {
  const { peering, container, name, deletion, proven, steps } = useConnectionPage()
  const { projectId, id, peer } = peering
  const isGone = deletion !== null
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
          view === "path" && hasPath && ways.length > 1 && turn !== "failed" ? (
            <SegmentedControl label="Show steps for" options={ways} value={way} onChange={chooseWay} />
          ) : undefined
        }
      />
      <div className={styles.tab}>
        {view === "path" && hasPath && (
          <>
            <PathRows way={way} open={openStop} onOpen={onOpenStop} />
            {(turn !== "failed" || openStop !== null) && <PathSources />}
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
            <ActivityTab />
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
