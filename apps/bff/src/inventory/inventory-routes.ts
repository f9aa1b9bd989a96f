import type { Inventory, Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { Access } from "#sign-in/access.ts"
import { userOf } from "#sign-in/require-user.ts"

export function createInventoryHandlers(readInventory: (access: Access) => Promise<Inventory>) {
  return {
    inventory: { get: ({ request }) => readInventory(userOf(request).access) },
  } satisfies ApiHandlers<Routes, "inventory">
}
