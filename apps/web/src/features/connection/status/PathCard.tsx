import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn, isDeclined, type Path, type RunbookStep } from "@peering-desk/peering-rules"
import { useNetworkFacts } from "#api/peerings/network-facts.ts"
import { formatUsual, type StateSummary } from "#copy/state-summary.ts"
import { StringLine } from "#features/connection/connect/StringLine.tsx"
import type { Deletion } from "#shared/deletion.ts"
import { getUsualTime, type UsualTimes } from "#shared/inventory/usual-times.ts"
import { toAtlasNetwork, toOwnNetwork } from "#shared/path/path-networks.ts"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { useNow } from "#ui/time/now.ts"
import type { CardActions, Staleness } from "./card-state.ts"
import { DeclinedPanel, DeletedPanel, QuietPanel, StalePanel } from "./EndPanel.tsx"
import { LookUpPanel } from "./LookUpPanel.tsx"
import { toPathGap } from "./path-gap.ts"
import { PathAnnouncer } from "./PathAnnouncer.tsx"
import { RepairPanel } from "./RepairPanel.tsx"
import { StopPanel } from "./StopPanel.tsx"

interface Props {
  peering: Peering
  container: Container | null
  projectName: string
  path: Path
  /** "3 of 7 proven". */
  proven: string
  /** The state in words. */
  summary: StateSummary
  steps: readonly RunbookStep[]
  /** Null while Atlas lists it. */
  deletion: Deletion | null
  /** Null while Atlas can be read. */
  stale: Staleness | null
  usualTimes: UsualTimes
  /** The cluster whose string is shown; null for the first one. */
  clusterId: string | null
  actions: CardActions
}

/** The state of one connection at a glance: its path, and under the open stop the one thing to do. */
export function PathCard(props: Props) {
  const { peering, container, projectName, path, summary, deletion, stale, usualTimes, clusterId, actions } =
    props
  const now = useNow()
  const facts = useNetworkFacts(peering)
  const staleAt = stale?.at ?? null
  const isGone = deletion !== null
  const works = !isGone && getWaitingOn(peering.peer) === "works"
  const isProven = path.open === null && stale === null
  const string = works ? (
    <StringLine peering={peering} container={container} clusterId={clusterId} isProven={isProven} />
  ) : undefined
  const isEnd = works && isProven
  return (
    <>
      <PathPicture
        path={path}
        own={toOwnNetwork(peering.peer, container, facts)}
        atlas={toAtlasNetwork(container, projectName)}
        gap={toPathGap(peering, path, { now, usualTimes, isGone, staleAt })}
        staleAt={staleAt}
        panel={isEnd ? string : <CardPanel {...props} />}
        foot={isEnd ? undefined : string}
        onChoose={actions.openStop}
      />
      <PathAnnouncer path={path} title={summary.title} />
    </>
  )
}

function CardPanel({ peering, container, path, proven, steps, deletion, stale, usualTimes, actions }: Props) {
  const { peer, declined } = peering
  const turn = getWaitingOn(peer)
  if (deletion !== null) return <DeletedPanel peering={peering} container={container} deletion={deletion} />
  if (stale !== null) return <StalePanel peering={peering} stale={stale} />
  if (declined !== undefined && isDeclined({ turn, declined }))
    return <DeclinedPanel peering={peering} declined={declined} actions={actions} />
  if (turn === "failed") return <RepairPanel peering={peering} container={container} actions={actions} />
  const stop = path.stops.find(({ id }) => id === path.open)
  if (turn === "closing" || turn === "unknown" || stop === undefined)
    return <QuietPanel peering={peering} isClosing={turn === "closing"} />
  if (path.isOwnSideUnknown) return <LookUpPanel peering={peering} container={container} proven={proven} />
  return (
    <StopPanel
      // What was opened under one stop is not opened under the next.
      key={stop.id}
      stop={stop}
      peering={peering}
      container={container}
      step={steps.find(({ id }) => id === stop.stepId)}
      usual={formatUsual(getUsualTime(usualTimes, peering))}
      proven={proven}
      onOpen={() => actions.openStop(stop.id)}
    />
  )
}
