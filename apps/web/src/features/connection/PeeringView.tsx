import { readStatus, type Container, type Peering, type Watch } from "@peering-desk/shared-schemas"
import { computeExpiry, type PathStop } from "@peering-desk/peering-rules"
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react"
import { useLocation } from "wouter"
import { namePeering } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { PathNotes } from "#features/connection/facts/PathNotes.tsx"
import { listSteps } from "#features/connection/rows/runbook-stages.ts"
import { PathCard } from "#features/connection/status/PathCard.tsx"
import type { Deletion } from "#shared/deletion.ts"
import { useUsualTimes } from "#shared/inventory/usual-times.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePath } from "#shared/path/use-path.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { usePageState } from "#shared/use-page-state.ts"
import { useNow } from "#ui/time/now.ts"
import { ConnectionPageContext, type ConnectionPage, type DialogName } from "./connection-page.ts"
import { PeeringDetails } from "./PeeringDetails.tsx"
import { PeeringDialog } from "./PeeringDialog.tsx"
import { PeeringHeader } from "./PeeringHeader.tsx"
import { PeeringNotices } from "./PeeringNotices.tsx"
import styles from "./PeeringPage.module.css"
import { PeeringViews, type ViewName } from "./PeeringViews.tsx"
import { PollAdvice } from "./PollAdvice.tsx"
import { toStaleness } from "./staleness.ts"
import { toRowId } from "./rows/step-stops.ts"

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
  container: Container | null
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
  const [dialog, openDialog] = useState<DialogName | null>(null)
  const now = useNow()
  const isGone = deletion !== null
  const steps = useMemo(() => listSteps(peer, container), [peer, container])
  const path = usePath(peering, container, { checkedAt: watch?.checkedAt ?? null, isGone })
  const { openStop, setOpenStop, showStop } = useOpenStop()
  const [clusterId, chooseCluster] = useState<string | null>(null)
  const usualTimes = useUsualTimes(peer.providerName)
  const polled = isGone ? null : watch
  const stale = toStaleness(polled)
  const name = namePeering(peering)
  const summary = summariseState(
    peer,
    {
      expiry: computeExpiry(peering),
      usualMs: usualTimes[readStatus(peer) ?? ""],
      atlasCidr: container?.atlasCidrBlock,
      deleted: deletion,
      declined: peering.declined,
      broken: peering.broken,
      path,
    },
    now,
  )
  usePageState(stale === null ? summary.tone : null)

  const provenCount = path.stops.filter(({ state }) => state === "proven").length
  const page: ConnectionPage = {
    peering,
    container,
    name,
    deletion,
    path,
    proven: `${provenCount} of ${path.stops.length}`,
    steps,
    usualTimes,
    clusterId,
    chooseCluster,
    openDialog,
    showStop: (stop) => {
      if (view !== "path") navigate(pagePaths.connection(projectId, id), { state: "keep-focus" })
      showStop(stop)
    },
  }
  return (
    <PermissionsContext value={permissions}>
      <ConnectionPageContext value={page}>
        <PeeringHeader summary={summary} crumbs={crumbs} />
        {!isGone && <PeeringNotices />}
        <PathCard projectName={projectName} summary={summary} stale={stale} />
        {!isGone && <PathNotes />}
        <div className={`grid top above-20 ${styles.columns}`}>
          <PeeringViews view={view} openStop={openStop} onOpenStop={setOpenStop} />
          <PeeringDetails />
        </div>
        {polled !== null && <PollAdvice watches={[polled]} />}
        {dialog !== null && <PeeringDialog open={dialog} />}
      </ConnectionPageContext>
    </PermissionsContext>
  )
}

/** Holds which stop's row is open; none at first. */
function useOpenStop() {
  const [openStop, setOpenStop] = useState<PathStop["id"] | null>(null)
  const toFocus = useRef<PathStop["id"] | null>(null)

  // The row may be on a view that is only about to show.
  useEffect(() => {
    const button = toFocus.current === null ? null : document.getElementById(toRowId(toFocus.current))
    if (button === null) return
    toFocus.current = null
    button.focus()
    button.scrollIntoView?.({ block: "nearest" })
  })

  return {
    openStop,
    setOpenStop,
    /** Opens a row, and moves the focus to it as soon as it shows. */
    showStop: (id: PathStop["id"]) => {
      setOpenStop(id)
      toFocus.current = id
    },
  }
}
