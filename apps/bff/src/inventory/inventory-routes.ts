import type { ActivityEntry, Inventory, Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { Access } from "#sign-in/access.ts"
import { userOf } from "#sign-in/require-user.ts"

interface Readers {
  readInventory: (access: Access) => Promise<Inventory>
  readActivity: (access: Access) => Promise<ActivityEntry[]>
}

export function createInventoryHandlers({ readInventory, readActivity }: Readers) {
  return {
    inventory: { get: ({ request }) => readInventory(userOf(request).access) },
    activity: { get: async ({ request }) => ({ entries: await readActivity(userOf(request).access) }) },
  } satisfies ApiHandlers<Routes, "inventory" | "activity">
}
