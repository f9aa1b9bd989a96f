import type { ProviderName } from "@peering-desk/shared-schemas"
import type { PollerPool } from "./poller-pool.ts"

/** However many press, one cloud of a project is not asked more often than this. */
const freshForMs = 3_000

/** Looks at a cloud of a project now, because somebody says that something changed there. Never throws. */
export async function pollNow(
  pollers: PollerPool,
  projectId: string,
  providerName: ProviderName,
): Promise<void> {
  await pollers.of(projectId, providerName).poll(freshForMs)
}
