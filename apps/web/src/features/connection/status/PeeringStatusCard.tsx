import { type Container, type Peering } from "@peering-desk/shared-schemas"
import {
  computeExpiry,
  getWaitingOn,
  isBroken,
  toNextStep,
  toStatusSince,
  toFailure,
} from "@peering-desk/peering-rules"
import type { Deletion } from "#shared/deletion.ts"
import { getLinkShape } from "#shared/link-shape.ts"
import type { LinkShape } from "#ui/marks/link-shape.ts"
import { useNow } from "#ui/time/now.ts"
import { formatDeadline, formatMoment } from "#ui/time/times.ts"
import { formatTimeLeft, formatUsual, type StateSummary } from "#copy/state-summary.ts"
import { AtlasSide } from "./AtlasSide.tsx"
import type { CardActions, Staleness } from "./card-state.ts"
import { buildLinkLabels } from "./link-labels.ts"
import { LinkDrawing } from "./LinkDrawing.tsx"
import type { SideTone } from "./NetworkSide.tsx"
import { DeletedBar, NextStepBar, StaleBar } from "./NextStepBar.tsx"
import styles from "./PeeringStatusCard.module.css"
import { ProgressSteps } from "./ProgressSteps.tsx"
import { StateAnnouncer } from "./StateAnnouncer.tsx"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"
import { YourSide } from "./YourSide.tsx"

interface Props {
  peering: Peering
  container: Container | null | undefined
  projectName: string
  /** The state in words. */
  summary: StateSummary
  /** Null while Atlas lists it. */
  deletion: Deletion | null
  /** Null while Atlas can be read. */
  stale: Staleness | null
  usualTimes: UsualTimes
  /** What is left of the setup, as a sentence. */
  setup: string
  actions: CardActions
}

/**
 * The state of one connection at a glance: two networks, the link between them in its state, the way there, and who must do
 * what. It reads as text in the same order, and no state makes it higher or lower.
 */
export function PeeringStatusCard(props: Props) {
  const { peering, container, projectName, summary, deletion, stale, usualTimes, setup, actions } = props
  const { peer, history } = peering
  const now = useNow()
  const shape = getLinkShape(peer, deletion !== null)
  const known = container ?? null
  const step = toNextStep(peer, known, toStatusSince(history))
  const labels = buildLinkLabels(peer, known, {
    shape,
    summary,
    timeLeft: formatTimeLeft(computeExpiry(peering), now),
    usual: formatUsual(usualTimes[history.at(-1)?.status ?? ""]),
    goneAt: deletion === null ? null : formatDeadline(deletion.at),
    staleAt: stale === null ? null : formatMoment(stale.at, now),
  })
  const isBrokenInCloud = isBroken({ turn: getWaitingOn(peer), broken: peering.broken }) && deletion === null
  const tones = stale === null ? sideTones(shape, peering) : { yours: null, atlas: null }

  return (
    <div className={`edge on-card ${styles.card}`}>
      <div className={`grid ${styles.picture}`}>
        <YourSide
          peer={peer}
          container={known}
          tone={isBrokenInCloud && stale === null ? "failed" : tones.yours}
        />
        {/* The peering works, and the fault is beside it. */}
        <LinkDrawing
          shape={shape}
          tone={isBrokenInCloud ? "works" : summary.tone}
          labels={labels}
          isStale={stale !== null}
        />
        <AtlasSide peer={peer} container={container} projectName={projectName} tone={tones.atlas} />
      </div>
      <ProgressSteps peering={peering} deletedAt={deletion?.at ?? null} usualTimes={usualTimes} />
      {deletion !== null && <DeletedBar peering={peering} container={known} deletion={deletion} />}
      {deletion === null && stale !== null && <StaleBar peering={peering} stale={stale} />}
      {deletion === null && stale === null && (
        <NextStepBar peering={peering} container={known} step={step} setup={setup} actions={actions} />
      )}
      <StateAnnouncer words={summary.title} />
    </div>
  )
}

/** The side that has to act, or where it broke. */
function sideTones(shape: LinkShape, { peer }: Peering): { yours: SideTone; atlas: SideTone } {
  switch (shape) {
    case "waiting":
      return { yours: getWaitingOn(peer) === "you" ? "you" : null, atlas: null }
    case "failed-yours":
    case "not-found":
      return { yours: "failed", atlas: null }
    case "failed-atlas":
      return { yours: null, atlas: "failed" }
    case "failed-between":
      return toFailure(peer).cause === "overlapping-cidr"
        ? { yours: "failed", atlas: "failed" }
        : { yours: null, atlas: null }
    default:
      return { yours: null, atlas: null }
  }
}
