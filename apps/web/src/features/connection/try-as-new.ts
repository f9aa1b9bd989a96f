import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toExportSubject } from "@peering-desk/peering-rules"
import { pagePaths } from "#page-paths.ts"

/** The form for a new connection with this one's values. The form reads its fields from the address, each under its own name. */
export function toTryAsNewPath(peering: Peering, container: Container | null): string {
  const { providerName, request } = toExportSubject(peering, container).draft
  const fields = new URLSearchParams({ provider: providerName, ...request })
  return `${pagePaths.newConnection(peering.projectId)}?${fields}`
}
