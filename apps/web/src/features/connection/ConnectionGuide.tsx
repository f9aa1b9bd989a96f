import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useRef, useState } from "react"
import { PermissionNotice } from "#shared/PermissionNotice.tsx"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import styles from "./PeeringPage.module.css"
import { ConnectionFolds, type FoldName } from "./ConnectionFolds.tsx"
import { FailureCard } from "./FailureCard.tsx"
import { OurRecord } from "./OurRecord.tsx"
import { Runbook } from "#features/connection/setup/Runbook.tsx"
import { toStage } from "#features/connection/setup/runbook-stage.ts"
import { useOpenStages } from "#features/connection/setup/use-open-stages.ts"

interface Props {
  peering: Peering
  container: Container | null
  /** When Atlas was found not to list it any more, ISO 8601; null while it does. */
  goneAt: string | null
}

/** The steps and actions for one connection, from the first step outside Atlas to its end. */
export function ConnectionGuide({ peering, container, goneAt }: Props) {
  const permissions = usePermissionsIn(peering.projectId)
  const steps = useRef<HTMLDivElement>(null)
  const stages = useOpenStages(toStage(peering.peer))
  const deletion = useRef<HTMLElement>(null)
  const [open, setOpen] = useState<FoldName | null>(null)
  const isFailed = getWaitingOn(peering.peer) === "failed"

  function showAzureSteps() {
    stages.turn("before", true)
    steps.current?.focus()
  }

  function showDeletion() {
    setOpen("delete")
    deletion.current?.focus()
  }

  return (
    <PermissionsContext value={permissions}>
      <div className={styles.guide}>
        <PermissionNotice title="You may look at this connection, not change it" />
        {goneAt === null && (
          <>
            {isFailed && (
              <FailureCard
                peering={peering}
                container={container}
                onDelete={showDeletion}
                onAzureSteps={showAzureSteps}
              />
            )}
            <div ref={steps} tabIndex={-1}>
              <Runbook peering={peering} container={container} open={stages.open} onOpen={stages.turn} />
            </div>
          </>
        )}
        <OurRecord peering={peering} isGone={goneAt !== null} />
        <ConnectionFolds
          peering={peering}
          container={container}
          isGone={goneAt !== null}
          open={open}
          onOpen={setOpen}
          onDelete={showDeletion}
          deletion={deletion}
        />
      </div>
    </PermissionsContext>
  )
}
