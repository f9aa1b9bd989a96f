import { randomUUID } from "node:crypto"
import { escapeInvisible, type Routes, type SavedView } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { Selectable } from "kysely"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import type { Store } from "#store/store.ts"
import type { SavedViewTable } from "#store/tables.ts"

const maxViews = 20

/** Returns a person's views by name. */
export async function listSavedViews(store: Store, userKey: string): Promise<SavedView[]> {
  const rows = await store.db.selectFrom("saved_view").selectAll().where("user_key", "=", userKey).execute()
  return rows.map(toSavedView).sort((one, other) => one.name.localeCompare(other.name))
}

/** Views of the connection list that one person saved, in the table `saved_view`. */
export function createSavedViewHandlers({ store, clock }: { store: Store; clock: Clock }) {
  const keyOf = (request: Request) => toUserKey(userOf(request).identity)

  return {
    savedViews: {
      get: async ({ request }) => ({ views: await listSavedViews(store, keyOf(request)) }),
      /** Saves a view and replaces the person's view of the same name. */
      async post({ request, body: { name, query } }) {
        const userKey = keyOf(request)
        const views = await listSavedViews(store, userKey)
        if (views.length >= maxViews && !views.some((one) => one.name === name)) {
          const fields = { name: `You have ${maxViews} views. Delete one first.` }
          throw new AppError("invalid_request", { fields })
        }
        const saved = { query, at: clock.now() }
        const row = await store.db
          .insertInto("saved_view")
          .values({ id: randomUUID(), user_key: userKey, name, ...saved })
          .onConflict((conflict) => conflict.columns(["user_key", "name"]).doUpdateSet(saved))
          .returningAll()
          .executeTakeFirstOrThrow()
        return toSavedView(row)
      },
    },
    savedView: {
      async delete({ request, params: { viewId } }) {
        const removed = await store.db
          .deleteFrom("saved_view")
          .where("user_key", "=", keyOf(request))
          .where("id", "=", viewId)
          .returning("id")
          .executeTakeFirst()
        if (removed === undefined) throw new AppError("not_found", { detail: "No such view." })
      },
    },
  } satisfies ApiHandlers<Routes, "savedViews" | "savedView">
}

function toSavedView({ id, name, query, at }: Selectable<SavedViewTable>): SavedView {
  return { id, name: escapeInvisible(name), query, at: toInstant(at) }
}
