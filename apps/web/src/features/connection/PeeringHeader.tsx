import { readVpcRegionId, type Container, type Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useState, type ReactNode } from "react"
import { toContainerPlace, toPeeringTitle, toPlace } from "#copy/peerings.ts"
import type { StateSummary } from "#copy/state-summary.ts"
import { CopyButton } from "#ui/CopyButton.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { DisplayName } from "./DisplayName.tsx"
import { ManagedNotice } from "./ManagedNotice.tsx"
import { PeeringActions } from "./PeeringActions.tsx"
import type { DialogName } from "./PeeringDialog.tsx"
import styles from "./PeeringPage.module.css"
import { RoleNote } from "./RoleNote.tsx"

/** Names the connection and its state, and has the actions on it. */
export function PeeringHeader({
  peering,
  container,
  name,
  summary,
  windowTitle,
  isGone,
  crumbs,
  onOpen,
}: {
  peering: Peering
  container: Container | null
  name: string
  summary: StateSummary
  windowTitle: string
  isGone: boolean
  crumbs: ReactNode[]
  onOpen: (dialog: DialogName) => void
}) {
  const { peer } = peering
  const [isEditing, setEditing] = useState(false)
  const networkName = toPeeringTitle(peer)
  const isAws = peer.providerName === "AWS"
  return (
    <PageHeader
      title={isEditing ? <span className="visually-hidden">{name}</span> : name}
      windowTitle={windowTitle}
      mark={<CloudMark cloud={peer.providerName} />}
      status={
        <>
          {!isGone && <DisplayName peering={peering} isEditing={isEditing} onEdit={setEditing} />}
          <Pill tone={summary.tone}>{summary.title}</Pill>
        </>
      }
      crumbs={crumbs}
      actions={
        <PeeringActions
          peering={peering}
          container={container}
          name={name}
          turn={isGone ? null : getWaitingOn(peer)}
          onOpen={onOpen}
        />
      }
    >
      <p className={`row text-13 ${styles.facts}`}>
        <span className={`inline gap-4 ink ${styles.id}`}>
          <code>{networkName}</code>
          <CopyButton value={networkName} label={isAws ? "VPC ID" : "network name"} />
        </span>
        <span>
          {(isAws && readVpcRegionId(peer, container)) || toPlace(peer, container)}{" "}
          {container === null
            ? "to the Atlas container"
            : peer.providerName === "GCP"
              ? `→ Atlas, ${toContainerPlace(container).replace(/^All/, "all")}`
              : `to ${toContainerPlace(container)}`}
        </span>
        <Origin peering={peering} />
        {peering.changedOutside !== undefined && (
          <span>
            Changed by {peering.changedOutside.by}, <Timestamp at={peering.changedOutside.at} />
          </span>
        )}
      </p>
      <RoleNote />
      {!isGone && peering.managedBy !== undefined && (
        <ManagedNotice peering={peering} managedBy={peering.managedBy} />
      )}
    </PageHeader>
  )
}

function Origin({
  peering: { origin, createdBy, createdAt, createdEarliest, firstSeenAt },
}: {
  peering: Peering
}) {
  if (origin === "created-here") {
    return (
      <span>
        Requested by {createdBy ?? "an unknown user"}
        {createdAt !== null && (
          <>
            , <Timestamp at={createdAt} />
          </>
        )}
      </span>
    )
  }
  if (createdBy !== null && createdAt !== null) {
    return (
      <span>
        Created <Timestamp at={createdAt} /> by {createdBy}
      </span>
    )
  }
  return (
    <span>
      Imported from Atlas
      {createdEarliest === undefined ? (
        <>
          , first observed <Timestamp at={firstSeenAt} />
        </>
      ) : (
        <>
          , created <Timestamp at={createdEarliest} />
        </>
      )}
    </span>
  )
}
