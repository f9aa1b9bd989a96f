import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toDraftOf, toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import layout from "#ui/layout.module.css"

/** Explains how to replace a connection in two steps, since Atlas changes AWS connections only. */
export function ReplaceConnection({
  peering,
  container,
  onDelete,
}: {
  peering: Peering
  container: Container | null
  onDelete: () => void
}) {
  const likeIt = toLinkQuery(toDraftOf(peering.peer, container))
  return (
    <div className={layout.stack}>
      <p>
        Atlas changes no connection on {providerLabels[peering.peer.providerName]}. To change it, replace it:
      </p>
      <ol className={layout.numbers}>
        <li>
          Make a new one with the right values. While both are there, traffic goes on as before; the same
          network can't be joined to the same container twice, so for the same network delete first.
        </li>
        <li>When the new one is available, and applications connect through it, delete this one.</li>
      </ol>
      <div className={layout.row}>
        <Link href={`${pagePaths.newConnection(peering.projectId)}?${likeIt}`} asChild>
          <LinkButton>Make a new one from this</LinkButton>
        </Link>
        <Button onClick={onDelete}>Delete this one</Button>
      </div>
    </div>
  )
}
