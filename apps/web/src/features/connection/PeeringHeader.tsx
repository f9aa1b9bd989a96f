import type { Container, Peering } from "@peering-desk/shared-schemas"
import type { Path } from "@peering-desk/peering-rules"
import { useState, type ReactNode } from "react"
import type { StateSummary } from "#copy/state-summary.ts"
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
  path,
  isGone,
  crumbs,
  onOpen,
}: {
  peering: Peering
  container: Container | null
  name: string
  summary: StateSummary
  windowTitle: string
  path: Path
  isGone: boolean
  crumbs: ReactNode[]
  onOpen: (dialog: DialogName) => void
}) {
  const { peer } = peering
  const open = path.stops.filter(({ state }) => state !== "proven").length
  const [isEditing, setEditing] = useState(false)
  return (
    <PageHeader
      title={isEditing ? <span className="visually-hidden">{name}</span> : name}
      windowTitle={windowTitle}
      mark={<CloudMark cloud={peer.providerName} />}
      status={
        <>
          {!isGone && <DisplayName peering={peering} isEditing={isEditing} onEdit={setEditing} />}
          <Pill tone={summary.tone}>{summary.title}</Pill>
          {open > 0 && summary.tone === "works" && (
            <Pill tone="unknown">
              {open} not {path.stops.some(({ state }) => state === "waiting") ? "proven" : "checked"}
            </Pill>
          )}
        </>
      }
      crumbs={crumbs}
      actions={
        <PeeringActions peering={peering} container={container} name={name} isGone={isGone} onOpen={onOpen} />
      }
    >
      <p className={`row text-13 gap-0 gap-x-8 high-24 ${styles.facts}`}>
        <Origin peering={peering} />
        {peering.createReason !== undefined && <span>{peering.createReason}</span>}
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
