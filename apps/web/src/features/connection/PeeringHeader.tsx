import { useState, type ReactNode } from "react"
import type { StateSummary } from "#copy/state-summary.ts"
import { toProvenWords } from "#copy/stops.ts"
import { usePermissions } from "#shared/permissions.ts"
import { formatStateTitle } from "#shared/use-page-state.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useConnectionPage } from "./connection-page.ts"
import { DisplayName } from "./DisplayName.tsx"
import { PeeringActions } from "./PeeringActions.tsx"
import styles from "./PeeringPage.module.css"

/** Names the connection and its state, and has the actions on it. */
export function PeeringHeader({ summary, crumbs }: { summary: StateSummary; crumbs: ReactNode[] }) {
  const { peering, name, path, deletion } = useConnectionPage()
  const isGone = deletion !== null
  const { mayChange, askWhom } = usePermissions()
  const isOpen = path.stops.some(({ state }) => state !== "proven")
  const [isEditing, setEditing] = useState(false)
  return (
    <PageHeader
      title={name}
      hidesTitle={isEditing}
      windowTitle={formatStateTitle(summary.tone, summary.title, name)}
      mark={<CloudMark cloud={peering.peer.providerName} />}
      status={
        <>
          {!isGone && <DisplayName isEditing={isEditing} onEdit={setEditing} />}
          <Pill tone={summary.tone}>{summary.title}</Pill>
          {isOpen && summary.tone === "works" && <Pill tone="unknown">{toProvenWords(path.stops)}</Pill>}
        </>
      }
      crumbs={crumbs}
      actions={<PeeringActions />}
    >
      <p className={`row text-13 gap-0 gap-x-8 high-24 ${styles.facts}`}>
        <Origin />
        {peering.createReason !== undefined && <span>{peering.createReason}</span>}
        {peering.changedOutside !== undefined && (
          <span>
            Changed by {peering.changedOutside.by}, <Timestamp at={peering.changedOutside.at} />
          </span>
        )}
      </p>
      {!mayChange && <p>Read-only. To change connections here, ask {askWhom} for the requester role.</p>}
    </PageHeader>
  )
}

function Origin() {
  const { origin, createdBy, createdAt, createdEarliest, firstSeenAt } = useConnectionPage().peering
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
