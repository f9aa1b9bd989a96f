import type { Peering } from "@peering-desk/shared-schemas"
import { Suspense } from "react"
import { useDeletePeering } from "#api/peerings/change-peering.ts"
import { PolicyChecks } from "#shared/policies/lazy-policy-checks.ts"
import { BlastRadiusList } from "./BlastRadiusList.tsx"
import { ConfirmedChange } from "./ConfirmedChange.tsx"

/** Deletes a connection after its name is typed and a reason given; lists the consequences first. */
export function DeleteConnection({
  peering,
  onDone,
  onCancel,
}: {
  peering: Peering
  /** Runs once Atlas has the request. */
  onDone: () => void
  onCancel: () => void
}) {
  const { projectId, id } = peering
  return (
    <ConfirmedChange
      peering={peering}
      change={useDeletePeering(projectId, id)}
      actions={["delete"]}
      words="Delete connection"
      busyWords="Deleting…"
      onDone={onDone}
      onCancel={onCancel}
    >
      {(radius) => (
        <>
          <BlastRadiusList radius={radius} peering={peering} />
          <Suspense>
            <PolicyChecks projectId={projectId} question={{ kind: "delete", peeringId: id }} />
          </Suspense>
        </>
      )}
    </ConfirmedChange>
  )
}
