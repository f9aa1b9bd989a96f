import type { Inventory } from "@peering-desk/shared-schemas"
import { Router } from "express"
import { allowOnly } from "#http/allow-methods.ts"
import type { Access } from "#sign-in/access.ts"
import { userOf } from "#sign-in/require-user.ts"

/** `GET /api/inventory`: connections, containers, watches and quotas of every project that the person may see. */
export function createInventoryRouter(readInventory: (access: Access) => Promise<Inventory>): Router {
  const router = Router()
  router
    .route("/")
    .get(async (request, response) => {
      response.json(await readInventory(userOf(request).access))
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}
