import { useState } from "react"
import { Link } from "wouter"
import { useUnlockPeering } from "#api/peerings/managed.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useConnectionPage } from "./connection-page.ts"

/** Says that another tool manages a connection, where to change it then, and who unlocked it. */
export function ManagedNotice({ managedBy }: { managedBy: string }) {
  const { projectId, id, override } = useConnectionPage().peering
  const { mayAdminister, askWhom } = usePermissions()
  const [isAsking, setAsking] = useState(false)
  const unlock = useUnlockPeering(projectId, id)
  if (override !== undefined) {
    return (
      <Notice tone="you" title={`Managed by ${managedBy}, unlocked`}>
        <p>
          {override.by} unlocked it <Timestamp at={override.at} /> until the next change: {override.reason}
        </p>
      </Notice>
    )
  }
  return (
    <Notice
      title={`Managed by ${managedBy}`}
      actions={
        mayAdminister && (
          <Button size="small" onClick={() => setAsking(true)}>
            Unlock…
          </Button>
        )
      }
    >
      <p>
        Edit and delete it in its <Link href={pagePaths.connectionCode(projectId, id)}>code</Link>. Changes
        made here would drift from it.
        {!mayAdminister && ` To change it here, ask ${askWhom}.`}
      </p>
      {isAsking && (
        <ReasonDialog
          projectId={projectId}
          question="Unlock this connection?"
          act={{ words: "Unlock", busy: "Unlocking…" }}
          isPending={unlock.isPending}
          error={unlock.error}
          onConfirm={(reason) => unlock.mutate(reason, { onSuccess: () => setAsking(false) })}
          onCancel={() => {
            unlock.reset()
            setAsking(false)
          }}
        >
          <p>
            It can be edited or deleted here until somebody changes it. Change the code of {managedBy} too, or
            it undoes the change.
          </p>
        </ReasonDialog>
      )}
    </Notice>
  )
}
