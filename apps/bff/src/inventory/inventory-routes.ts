import type { Routes } from "@peering-desk/shared-schemas"
import { waitAtMost } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import { readActivity } from "./activity.ts"
import { createConnectionReader } from "./connection-pages.ts"
import { createInventoryReader, type InventoryDeps } from "./inventory.ts"
import { drawnMaxAgeMs } from "./refresh-projects.ts"

/** An answer waits at most this long. The next one has what is missing. */
const drawnAfterMs = 2_000

export function createInventoryHandlers(deps: InventoryDeps) {
  const { clock, projectCache } = deps
  const reader = createInventoryReader(deps)
  const readConnections = createConnectionReader(deps, reader)
  return {
    connections: { get: ({ request, query }) => readConnections(userOf(request), query) },
    overview: { get: ({ request }) => reader.readOverview(userOf(request).access) },
    listFacts: {
      async get({ params: { projectId } }) {
        const { accessList, clusters } = projectCache.of(projectId)
        const reads = [accessList, clusters].map((read) => read.refresh(drawnMaxAgeMs))
        await Promise.all([reader.refresh([{ id: projectId }]), waitAtMost(clock, drawnAfterMs, reads)])
        const { listed, running } = reader.pieces.toSource(projectId)
        return { listed, running }
      },
    },
    activity: { get: async ({ request }) => ({ entries: await readActivity(deps, userOf(request).access) }) },
  } satisfies ApiHandlers<Routes, "connections" | "overview" | "listFacts" | "activity">
}
