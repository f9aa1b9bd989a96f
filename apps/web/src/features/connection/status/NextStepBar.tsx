import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn, type NextStep } from "@peering-desk/peering-rules"
import { Link } from "wouter"
import { toDraftOf, toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./NextStepBar.module.css"
import { Callout } from "./Callout.tsx"
import { CheckNow } from "./CheckNow.tsx"
import { StepSentence } from "./StepSentence.tsx"

interface Props {
  peering: Peering
  container: Container | null
  step: NextStep
}

/** The next step: who acts, by when, and the one button for it. */
export function NextStepBar({ peering, container, step }: Props) {
  const turn = getWaitingOn(peering.peer)
  return (
    <div className={`${styles.bar} ${styles[turn] ?? ""}`}>
      <div className={styles.words}>
        <StepSentence peering={peering} container={container} step={step} />
      </div>
      {turn === "you" && (
        <CheckNow peering={peering} isMain answer="Atlas still says">
          {peering.peer.providerName === "GCP" ? "I peered back, look now" : "I accepted it, look now"}
        </CheckNow>
      )}
    </div>
  )
}

/** In the place of the next step, for a connection that Atlas no longer lists. */
export function GoneBar({
  peering: { projectId, peer },
  container,
  at,
}: {
  peering: Peering
  container: Container | null
  at: string
}) {
  const likeIt = toLinkQuery(toDraftOf(peer, container))
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <Callout strong="Atlas no longer lists this connection.">
          It was found missing at <Timestamp at={at} />. What is shown is what was last known of it; if it is
          still needed, ask for it anew.
        </Callout>
      </div>
      <div className={styles.ways}>
        <Link href={`${pagePaths.newConnection(projectId)}?${likeIt}`} asChild>
          <LinkButton>Ask for it anew</LinkButton>
        </Link>
        <Link href={pagePaths.connections(projectId)} asChild>
          <LinkButton>All connections</LinkButton>
        </Link>
      </div>
    </div>
  )
}
