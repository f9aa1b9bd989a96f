import { useLocation } from "wouter"
import { useRequestAgain } from "#api/peerings/change-peering.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { ConfirmedChange } from "./ConfirmedChange.tsx"

/** Deletes a failed connection and requests the same again, with one reason. */
export function RequestAgain() {
  const { projectId, id, peer } = useConnectionPage().peering
  const [, navigate] = useLocation()
  return (
    <ConfirmedChange
      change={useRequestAgain(projectId, id)}
      actions={["delete", "create"]}
      act={{ words: "Delete and request again", busy: "Deleting, then requesting…" }}
      onDone={(created) => navigate(pagePaths.connection(projectId, created.id))}
    >
      {() => (
        <ul className="bullets">
          <li>Deletes this connection in Atlas, which frees its network and container.</li>
          <li>Requests the same peering again, with the same values.</li>
          {peer.providerName === "AWS" && (
            <li>AWS assigns a new pcx- ID. The VPC owner has 7 days to accept it.</li>
          )}
          {peer.providerName === "GCP" && (
            <li>The network owner has to create the peering from their side again.</li>
          )}
          <li>The audit log gets two entries with your reason.</li>
        </ul>
      )}
    </ConfirmedChange>
  )
}
