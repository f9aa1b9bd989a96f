import { apiUrls, type SavedView, type SavedViewList, type SaveView } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"
import { inventoryKey } from "./inventory.ts"

const isViewList = hasFields<SavedViewList>("views")
const isView = hasFields<SavedView>("id", "query")
const isNothing = (body: unknown): body is undefined => body === undefined
const queryKey = ["saved-views"]

/** Lists the person's saved views of the connection list, by name. */
export function savedViewsQuery() {
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) =>
      (await readJson({ url: apiUrls.savedViews(), isAnswer: isViewList, signal })).views,
  })
}

/** Saves a view; it replaces one of the same name. */
export function useSaveView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SaveView) =>
      sendJson({ url: apiUrls.savedViews(), isAnswer: isView, method: "POST", body }),
    onSuccess: () => {
      // Its count.
      void client.invalidateQueries({ queryKey: inventoryKey })
      return client.invalidateQueries({ queryKey })
    },
  })
}

export function useDeleteView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: apiUrls.savedView(id), isAnswer: isNothing, method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
}
