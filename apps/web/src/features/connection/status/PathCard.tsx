import { getWaitingOn, isDeclined } from "@peering-desk/peering-rules"
import { useNetworkFacts } from "#api/peerings/network-facts.ts"
import type { StateSummary } from "#copy/state-summary.ts"
import { StringLine } from "#features/connection/connect/StringLine.tsx"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import type { Staleness } from "#features/connection/staleness.ts"
import { toAtlasNetwork, toOwnNetwork } from "#shared/path/path-networks.ts"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { useNow } from "#ui/time/now.ts"
import { DeclinedPanel, DeletedPanel, QuietPanel, StalePanel } from "./EndPanel.tsx"
import { LookUpPanel } from "./LookUpPanel.tsx"
import { toPathGap } from "./path-gap.ts"
import { PathAnnouncer } from "./PathAnnouncer.tsx"
import { RepairPanel } from "./RepairPanel.tsx"
import { StopPanel } from "./StopPanel.tsx"

/** The state of one connection at a glance: its path, and under the open stop the one thing to do. */
export function PathCard({
  projectName,
  summary,
  stale,
}: {
  projectName: string
  /** The state in words. */
  summary: StateSummary
  /** Null while Atlas can be read. */
  stale: Staleness | null
}) {
  const { peering, container, path, deletion, usualTimes, showStop } = useConnectionPage()
  const now = useNow()
  const facts = useNetworkFacts(peering)
  const staleAt = stale?.at ?? null
  const isGone = deletion !== null
  const works = !isGone && getWaitingOn(peering.peer) === "works"
  const isProven = path.open === null && stale === null
  const string = works ? <StringLine isProven={isProven} /> : undefined
  const isEnd = works && isProven
  return (
    <>
      <PathPicture
        path={path}
        own={toOwnNetwork(peering.peer, container, facts)}
        atlas={toAtlasNetwork(container, projectName)}
        gap={toPathGap(peering, path, { now, usualTimes, isGone, staleAt })}
        staleAt={staleAt}
        panel={isEnd ? string : <CardPanel stale={stale} />}
        foot={isEnd ? undefined : string}
        onChoose={showStop}
      />
      <PathAnnouncer path={path} title={summary.title} />
    </>
  )
}

function CardPanel({ stale }: { stale: Staleness | null }) {
  const { peering, path, deletion } = useConnectionPage()
  const { peer, declined } = peering
  const turn = getWaitingOn(peer)
  if (deletion !== null) return <DeletedPanel deletion={deletion} />
  if (stale !== null) return <StalePanel stale={stale} />
  if (declined !== undefined && isDeclined({ turn, declined })) return <DeclinedPanel declined={declined} />
  if (turn === "failed") return <RepairPanel />
  const stop = path.stops.find(({ id }) => id === path.open)
  if (turn === "closing" || turn === "unknown" || stop === undefined)
    return <QuietPanel isClosing={turn === "closing"} />
  if (path.isOwnSideUnknown) return <LookUpPanel />
  // What was opened under one stop is not opened under the next.
  return <StopPanel key={stop.id} stop={stop} />
}
