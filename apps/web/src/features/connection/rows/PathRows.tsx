import { getWaitingOn, type PathStop } from "@peering-desk/peering-rules"
import { Suspense, useEffect, useRef, useState } from "react"
import { formatCount } from "#copy/counts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { UsedParts } from "#features/connection/facts/UsedParts.tsx"
import { ReachFold } from "#shared/last-mile/ReachFold.tsx"
import { toTool, type Way } from "#shared/setup/way.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { findStopOf } from "./step-stops.ts"
import { StepBody } from "./StepBody.tsx"
import { StopRow } from "./StopRow.tsx"

const ClusterParts = lazyPage(
  async () => (await import("#features/connection/connect/ClusterParts.tsx")).ClusterParts,
)

/** The stops that depend on the parts of the network that the application uses. */
const uses: readonly PathStop["id"][] = ["application", "route", "firewall"]

/** Every stop of the path in a line, with its steps of the runbook under it. One is open at a time. */
export function PathRows({
  way,
  open,
  onOpen,
}: {
  way: Way
  open: PathStop["id"] | null
  onOpen: (id: PathStop["id"] | null) => void
}) {
  const { peering, container, path, steps } = useConnectionPage()
  const { stops, providerName } = path
  const turn = getWaitingOn(peering.peer)
  const [showsAll, setShowsAll] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  // The button that was pressed is gone then.
  useEffect(() => {
    if (showsAll) list.current?.querySelector("button")?.focus()
  }, [showsAll])
  if (turn === "failed" && !showsAll && open === null) {
    const proven = stops.filter(({ state }) => state === "proven").length
    return (
      <button
        type="button"
        data-printed
        className="bare wide left quiet line line-below high-40 tap-44"
        onClick={() => setShowsAll(true)}
      >
        <span className="grow">
          {formatCount(stops.length - proven, "stop")} not proven, {proven} proven
        </span>
        <span className="screen-only">
          Show all <Icon name="chevron-down" />
        </span>
      </button>
    )
  }
  return (
    <ol ref={list} aria-label="Stops">
      {stops.map((stop) => (
        <StopRow
          key={stop.id}
          stop={stop}
          providerName={providerName}
          isOpen={open === stop.id}
          onToggle={() => onOpen(open === stop.id ? null : stop.id)}
        >
          {stop.id === "cluster" && turn === "works" && (
            <Suspense fallback={<p aria-busy="true">Loading</p>}>
              <ClusterParts />
            </Suspense>
          )}
          {uses.includes(stop.id) && <UsedParts />}
          {steps
            .filter(({ id }) => findStopOf(id) === stop.id && id !== "connection-string")
            .map((step) => (
              <StepBody key={step.id} step={step} stop={stop} tool={toTool(way, providerName)} />
            ))}
          {stop.id === "application" && (
            <ReachFold providerName={providerName} atlasCidr={container?.atlasCidrBlock ?? null} />
          )}
        </StopRow>
      ))}
    </ol>
  )
}
