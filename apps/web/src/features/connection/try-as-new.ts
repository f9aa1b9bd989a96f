import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toDraftOf, toLinkQuery } from "#forms/connection-link.ts"
import { pagePaths } from "#page-paths.ts"

/** The form for a new connection, filled with this one's values. */
export function toTryAsNewPath(peering: Peering, container: Container | null): string {
  return `${pagePaths.newConnection(peering.projectId)}?${toLinkQuery(toDraftOf(peering.peer, container))}`
}
