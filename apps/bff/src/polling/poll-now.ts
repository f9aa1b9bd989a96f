import type { ProviderName } from "@peering-desk/shared-schemas"
import type { PollerPool } from "./poller-pool.ts"

/** A cloud is polled at most this often, however often people press the button. */
const freshForMs = 3_000

/** Polls a cloud of a project because somebody says that it changed. Never throws. */
export async function pollNow(
  pollers: PollerPool,
  projectId: string,
  providerName: ProviderName,
): Promise<void> {
  await pollers.of(projectId, providerName).poll(freshForMs)
}
