import type { Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import type { SavedViews } from "./saved-views.ts"

const maxViews = 20

export function createSavedViewHandlers({ savedViews }: { savedViews: SavedViews }) {
  const keyOf = (request: Request) => toUserKey(userOf(request).identity)
  return {
    savedViews: {
      get: async ({ request }) => ({ views: await savedViews.list(keyOf(request)) }),
      async post({ request, body }) {
        const userKey = keyOf(request)
        const saved = await savedViews.list(userKey)
        if (saved.length >= maxViews && !saved.some(({ name }) => name === body.name)) {
          const fields = { name: `You have ${maxViews} views. Delete one first.` }
          throw new AppError("invalid_request", { fields })
        }
        return await savedViews.save(userKey, body)
      },
    },
    savedView: {
      async delete({ request, params: { viewId } }) {
        const removed = await savedViews.remove(keyOf(request), viewId)
        if (!removed) throw new AppError("not_found", { detail: "No such view." })
      },
    },
  } satisfies ApiHandlers<Routes, "savedViews" | "savedView">
}
