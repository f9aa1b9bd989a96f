import { readStatus, type Container, type Peering } from "@peering-desk/shared-schemas"
import { isStatusSinceSeen, toNextStep, toStatusSince, getWaitingOn } from "@peering-desk/peering-rules"
import { Card } from "#ui/Card.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Elapsed, Timestamp } from "#ui/time/Timestamp.tsx"
import { toTaskWords } from "#copy/peerings.ts"
import { AtlasSide } from "./AtlasSide.tsx"
import { toLinkPicture } from "./link-picture.ts"
import { LinkDrawing } from "./LinkDrawing.tsx"
import { GoneBar, NextStepBar } from "./NextStepBar.tsx"
import styles from "./PeeringStatusCard.module.css"
import { StateAnnouncer } from "./StateAnnouncer.tsx"
import { ProgressSteps } from "./ProgressSteps.tsx"
import { YourSide } from "./YourSide.tsx"

interface Props {
  peering: Peering
  container: Container | null | undefined
  /** When Atlas was found not to list it any more, ISO 8601; null while it does. */
  goneAt: string | null
}

/**
 * The state of one connection at a glance: two networks, the link between them in its state, the way there, and who must do
 * what. It reads as text in the same order, and no state makes it higher or lower.
 */
export function PeeringStatusCard({ peering, container, goneAt }: Props) {
  const { peer, history } = peering
  const turn = getWaitingOn(peer)
  const since = toStatusSince(history)
  const isExact = isStatusSinceSeen(peering)
  const step = toNextStep(peer, container ?? null, since)
  const words = goneAt === null ? toTaskWords(peer, turn, readStatus(peer)) : "No longer in Atlas"

  return (
    <Card padded={false}>
      <div className={styles.top}>
        <Pill tone={goneAt === null ? turn : "closing"}>
          {turn === "you" && goneAt === null ? `Your turn: ${lowerFirst(words)}` : words}
        </Pill>
        {goneAt === null && since !== null && (
          <span className={styles.since}>
            since{" "}
            {isExact && (
              <>
                <Timestamp at={since} /> ·{" "}
              </>
            )}
            <Elapsed since={since} seenAlready={!isExact} />
          </span>
        )}
      </div>
      <div className={styles.picture}>
        <YourSide peer={peer} container={container ?? null} asked={turn === "you" && goneAt === null} />
        <LinkDrawing {...toLinkPicture(peer, goneAt !== null)} />
        <AtlasSide peer={peer} container={container} />
      </div>
      <ProgressSteps peering={peering} nextStep={step} isGone={goneAt !== null} />
      {goneAt === null ? (
        <NextStepBar peering={peering} container={container ?? null} step={step} />
      ) : (
        <GoneBar peering={peering} container={container ?? null} at={goneAt} />
      )}
      <StateAnnouncer words={words} />
    </Card>
  )
}

/** `Accept in AWS` → `accept in AWS`, to stand after a colon. */
function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
