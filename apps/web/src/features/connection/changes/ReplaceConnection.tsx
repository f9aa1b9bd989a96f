import { toDraftOf } from "@peering-desk/peering-rules"
import { providerLabels } from "@peering-desk/shared-schemas"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { toFormPath } from "#shared/connection-link.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"

/** Explains how to replace a connection in two steps, since Atlas changes AWS connections only. */
export function ReplaceConnection() {
  const { peering, container, openDialog } = useConnectionPage()
  const { projectId, peer } = peering
  return (
    <div className="stack gap-10">
      <p>Connections on {providerLabels[peer.providerName]} can't be edited in Atlas. Replace it:</p>
      <ol className="numbers">
        <li>
          Create a new connection with the right values. Traffic continues through the old one. For the same
          network and container, delete the old one first.
        </li>
        <li>Once the new one is available and in use, delete this one.</li>
      </ol>
      <div className="row">
        <PageLink kind="primary" href={toFormPath(projectId, toDraftOf(peer, container))}>
          Create the replacement
        </PageLink>
        <Button onClick={() => openDialog("delete")}>Delete…</Button>
      </div>
    </div>
  )
}
