import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import { readActivity } from "./activity.ts"
import { createInventoryReader, type InventoryDeps } from "./inventory.ts"

export function createInventoryHandlers(deps: InventoryDeps) {
  const readInventory = createInventoryReader(deps)
  return {
    inventory: { get: ({ request }) => readInventory(userOf(request).access) },
    activity: { get: async ({ request }) => ({ entries: await readActivity(deps, userOf(request).access) }) },
  } satisfies ApiHandlers<Routes, "inventory" | "activity">
}
