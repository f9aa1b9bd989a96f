import { apiUrls, type DeletedPeeringList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isTombstoneList = hasFields<DeletedPeeringList>("tombstones")

/** What is left of the connections of a project that Atlas no longer lists, last gone first. */
export function tombstonesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["tombstones", projectId],
    queryFn: async ({ signal }) => {
      const url = apiUrls.tombstones(projectId)
      return (await readJson({ url, isAnswer: isTombstoneList, signal })).tombstones
    },
    staleTime: 0,
  })
}
