import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toExportSubject } from "@peering-desk/peering-rules"
import { toLinkQuery } from "#forms/connection-link.ts"
import { pagePaths } from "#page-paths.ts"

/** The form for a new connection, filled with this one's values. */
export function toTryAsNewPath(peering: Peering, container: Container | null): string {
  const { draft } = toExportSubject(peering, container)
  return `${pagePaths.newConnection(peering.projectId)}?${toLinkQuery(draft)}`
}
