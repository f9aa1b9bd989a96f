import type { Container, Declined, Peering } from "@peering-desk/shared-schemas"
import {
  explainFailure,
  failedWhileAvailable,
  getWaitingOn,
  isBroken,
  isDeclined,
  type NextStep,
  toDraftOf,
} from "@peering-desk/peering-rules"
import { Link } from "wouter"
import { toAskWhom } from "#copy/access.ts"
import { toPeeringTitle } from "#copy/peerings.ts"
import { AnswerButton } from "#shared/actions/AnswerButton.tsx"
import { toLinkQuery, toReplacementOf } from "#shared/connection-link.ts"
import type { Deletion } from "#shared/deletion.ts"
import { isLocked } from "#shared/managed.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Callout } from "./Callout.tsx"
import type { CardActions, Staleness } from "./card-state.ts"
import { CheckNow } from "./CheckNow.tsx"
import styles from "./NextStepBar.module.css"
import { StepSentence } from "./StepSentence.tsx"

interface Props {
  peering: Peering
  container: Container | null
  step: NextStep
  setup: string
  actions: CardActions
}

/** The next step: who acts, by when, and the one primary action of the page. */
export function NextStepBar(props: Props) {
  const { peering, container, step, setup } = props
  const declined = getDecline(peering)
  const turn = getWaitingOn(peering.peer)
  const broken = isBroken({ turn, broken: peering.broken }) ? peering.broken : undefined
  return (
    <div className={styles.bar} data-tone={declined === null && broken === undefined ? turn : "failed"}>
      <div className={styles.words}>
        {broken !== undefined && (
          <Callout
            strong={
              <>
                Broken in AWS since <Timestamp at={broken.since} />
              </>
            }
          >
            {broken.says}
          </Callout>
        )}
        {broken === undefined && declined === null && (
          <StepSentence peering={peering} container={container} step={step} setup={setup} />
        )}
        {declined !== null && (
          <Callout strong={`${declined.for ?? "The network owner"} declined: “${declined.reason}”`}>
            Declined <Timestamp at={declined.at} />.{" "}
            {peering.peer.providerName === "AWS"
              ? "The request stays open in AWS until it expires."
              : "The request stays open. There is no deadline."}{" "}
            This goes away once Atlas shows an acceptance, or the owner takes it back.
            {declined.answers?.map(({ at, by, text }) => (
              <span className="block" key={`${at} ${text}`}>
                {by} answered, <Timestamp at={at} />: {text}
              </span>
            ))}
          </Callout>
        )}
      </div>
      <div className={styles.actions}>
        <Actions {...props} />
      </div>
    </div>
  )
}

/** Returns the owner's decline while the request still waits; null without one. */
function getDecline({ peer, declined }: Peering): Declined | null {
  return isDeclined({ turn: getWaitingOn(peer), declined }) ? (declined ?? null) : null
}

function Actions({ peering, container, actions }: Props) {
  const { mayChange } = usePermissions()
  const hasFailed = getWaitingOn(peering.peer) === "failed"
  if (isLocked(peering) && (hasFailed || getDecline(peering) !== null)) return null
  if (getDecline(peering) !== null) {
    if (!mayChange) return <NoRight />
    return (
      <>
        <Button onClick={actions.openDelete}>Delete…</Button>
        <Button onClick={actions.openShare}>Share again</Button>
        <AnswerButton
          kind="primary"
          projectId={peering.projectId}
          peeringId={peering.id}
          title={toPeeringTitle(peering.peer)}
          reason={getDecline(peering)?.reason ?? ""}
        />
      </>
    )
  }
  switch (getWaitingOn(peering.peer)) {
    case "you":
      return (
        <CheckNow peering={peering}>
          {peering.peer.providerName === "GCP"
            ? "I've created it – check now"
            : "I've accepted it – check now"}
        </CheckNow>
      )
    case "failed": {
      if (!mayChange) return <NoRight />
      const { acts } = explainFailure(peering.peer, container, failedWhileAvailable(peering))
      if (!acts.includes("request-again") && !acts.includes("correct")) {
        return (
          <Button kind="primary" onClick={actions.openDelete}>
            Delete again…
          </Button>
        )
      }
      const lacksRole = acts.includes("show-azure-steps")
      return (
        <>
          {acts.includes("correct") ? (
            <Link
              href={`${pagePaths.newConnection(peering.projectId)}?${toLinkQuery(toReplacementOf(peering.peer, container))}`}
              asChild
            >
              <LinkButton kind={lacksRole ? "secondary" : "primary"}>Correct and request again</LinkButton>
            </Link>
          ) : (
            <Button kind="primary" onClick={actions.openRequestAgain}>
              Delete and request again
            </Button>
          )}
          {lacksRole && (
            <Button kind="primary" onClick={actions.showNextStep}>
              Assign Atlas's role
            </Button>
          )}
        </>
      )
    }
    case "works":
      return actions.hasStepsLeft ? (
        <Button kind="primary" onClick={actions.showNextStep}>
          {actions.isOnSetup ? "Go to next step" : "View setup steps"}
        </Button>
      ) : null
    case "atlas":
    case "closing":
    case "unknown":
      return null
  }
}

function NoRight() {
  const { askWhom } = usePermissions()
  return (
    <p className={`quiet text-13 lines-18 ${styles.ask}`}>
      Your role can't change connections here. Ask {toAskWhom(askWhom)}.
    </p>
  )
}

/** In the place of the next step while Atlas can't be read: what is shown is an old state. */
export function StaleBar({ peering, stale }: { peering: Peering; stale: Staleness }) {
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <Callout strong={<>Status at {<Timestamp at={stale.at} />}, not live.</>}>
          {stale.title}.
          {stale.retryAt !== null && (
            <>
              {" "}
              Next try at <Timestamp at={stale.retryAt} />.
            </>
          )}
        </Callout>
      </div>
      <div className={styles.actions}>
        <CheckNow peering={peering}>Try now</CheckNow>
      </div>
    </div>
  )
}

/** In the place of the next step, for a connection that Atlas no longer lists. */
export function DeletedBar({
  peering: { projectId, peer },
  container,
  deletion,
}: {
  peering: Peering
  container: Container | null
  deletion: Deletion
}) {
  const { mayChange } = usePermissions()
  const { by, reason, at, removedAt } = deletion
  const likeIt = toLinkQuery(toDraftOf(peer, container))
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <Callout
          strong={
            by === null ? (
              <>
                Removed from Atlas around <Timestamp at={removedAt} />
              </>
            ) : (
              <>
                Deleted by {by}, <Timestamp at={at} />
                {reason === null ? "" : ` – ${reason}`}
              </>
            )
          }
        >
          Showing the last known details.
        </Callout>
      </div>
      <div className={styles.actions}>
        {mayChange && (
          <Link href={`${pagePaths.newConnection(projectId)}?${likeIt}`} asChild>
            <LinkButton kind="primary">Recreate</LinkButton>
          </Link>
        )}
      </div>
    </div>
  )
}
