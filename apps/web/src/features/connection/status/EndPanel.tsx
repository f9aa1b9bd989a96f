import { readStatus, type Declined } from "@peering-desk/shared-schemas"
import { toDraftOf } from "@peering-desk/peering-rules"
import { toPeeringTitle } from "#copy/peerings.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import type { Staleness } from "#features/connection/staleness.ts"
import { AnswerButton } from "#shared/actions/AnswerButton.tsx"
import { toFormPath } from "#shared/connection-link.ts"
import type { Deletion } from "#shared/deletion.ts"
import { isLocked } from "#shared/managed.ts"
import { usePermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { CheckNow } from "./CheckNow.tsx"
import { Panel } from "./Panel.tsx"

/** While Atlas can't be read: what is shown is an old state. */
export function StalePanel({ stale }: { stale: Staleness }) {
  return (
    <Panel
      title={
        <>
          Status at <Timestamp at={stale.at} />, not live.
        </>
      }
      actions={<CheckNow>Try now</CheckNow>}
    >
      {stale.title}.
      {stale.retryAt !== null && (
        <>
          {" "}
          Next try at <Timestamp at={stale.retryAt} />.
        </>
      )}
    </Panel>
  )
}

/** A connection that Atlas no longer lists. */
export function DeletedPanel({ deletion: { by, reason, at, removedAt } }: { deletion: Deletion }) {
  const { peering, container } = useConnectionPage()
  const { mayChange } = usePermissions()
  return (
    <Panel
      title={
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
      actions={
        mayChange && (
          <PageLink kind="primary" href={toFormPath(peering.projectId, toDraftOf(peering.peer, container))}>
            Recreate
          </PageLink>
        )
      }
    >
      Showing the last known details.
    </Panel>
  )
}

/** The owner's no, in their words. */
export function DeclinedPanel({ declined }: { declined: Declined }) {
  const { peering, openDialog } = useConnectionPage()
  const { mayChange } = usePermissions()
  return (
    <Panel
      title={`${declined.for ?? "The network owner"} declined: “${declined.reason}”`}
      actions={
        !isLocked(peering) &&
        (mayChange ? (
          <>
            <AnswerButton
              kind="primary"
              projectId={peering.projectId}
              peeringId={peering.id}
              title={toPeeringTitle(peering.peer)}
              reason={declined.reason}
            />
            <Button onClick={() => openDialog("share")}>Share again</Button>
            <Button onClick={() => openDialog("delete")}>Delete…</Button>
          </>
        ) : (
          <NoRight />
        ))
      }
    >
      Declined <Timestamp at={declined.at} />.{" "}
      {peering.peer.providerName === "AWS"
        ? "The request stays open in AWS until it expires."
        : "The request stays open. There is no deadline."}{" "}
      This goes away once Atlas shows an acceptance, or the owner takes it back.
      {declined.answers?.map((answer) => (
        <p key={`${answer.at} ${answer.text}`}>
          {answer.by} answered, <Timestamp at={answer.at} />: {answer.text}
        </p>
      ))}
    </Panel>
  )
}

/** A path that Atlas ends, or of which this version knows no step. */
export function QuietPanel({ isClosing }: { isClosing: boolean }) {
  const status = readStatus(useConnectionPage().peering.peer)
  return isClosing ? (
    <Panel title="Atlas is deleting this connection.">Traffic through it stops.</Panel>
  ) : (
    <Panel
      title={
        status === null ? (
          "Atlas returned no status."
        ) : (
          <>
            Unknown status <code>{status}</code>.
          </>
        )
      }
    >
      {status !== null && "This version doesn't know it. "}Details has Atlas's raw API response.
    </Panel>
  )
}

export function NoRight() {
  const { askWhom } = usePermissions()
  return <p className="quiet text-13 lines-18">Your role can't change connections here. Ask {askWhom}.</p>
}
