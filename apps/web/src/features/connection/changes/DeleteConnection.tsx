import { Suspense } from "react"
import { useDeletePeering } from "#api/peerings/change-peering.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { BlastRadiusList } from "#shared/blast-radius/BlastRadiusList.tsx"
import { PolicyChecks } from "#shared/policies/lazy-policy-checks.ts"
import { ConfirmedChange } from "./ConfirmedChange.tsx"

/** Deletes a connection after its name is typed and a reason given; lists the consequences first. */
export function DeleteConnection() {
  const { peering } = useConnectionPage()
  const { projectId, id } = peering
  return (
    <ConfirmedChange
      change={useDeletePeering(projectId, id)}
      actions={["delete"]}
      act={{ words: "Delete connection", busy: "Deleting…" }}
    >
      {(radius) => (
        <>
          <BlastRadiusList peering={peering} radius={radius} />
          <Suspense>
            <PolicyChecks projectId={projectId} question={{ kind: "delete", peeringId: id }} />
          </Suspense>
        </>
      )}
    </ConfirmedChange>
  )
}
