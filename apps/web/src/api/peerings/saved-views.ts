import { apiUrls, type SavedView, type SavedViewList, type SaveView } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { useChange, useRemoval } from "#api/change.ts"
import { readFieldOf } from "#api/reads.ts"
import { inventoryKey } from "./inventory.ts"

const isView = hasFields<SavedView>("id", "query")
const queryKey = ["saved-views"]

/** Lists the person's saved views of the connection list, by name. */
export function savedViewsQuery() {
  return queryOptions({
    queryKey,
    queryFn: readFieldOf<SavedViewList, "views">(apiUrls.savedViews(), "views"),
  })
}

/** Saves a view; it replaces one of the same name. */
export function useSaveView() {
  return useChange(
    (body: SaveView) => ({ url: apiUrls.savedViews(), isAnswer: isView, method: "POST", body }),
    {
      // Its count.
      onAnswer: (client) => void client.invalidateQueries({ queryKey: inventoryKey }),
      stale: [queryKey],
    },
  )
}

export function useDeleteView() {
  return useRemoval(apiUrls.savedView, [queryKey])
}
