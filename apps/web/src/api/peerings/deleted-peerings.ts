import { apiUrls, type DeletedPeeringList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isTombstoneList = hasFields<DeletedPeeringList>("deletedPeerings")

/** Lists the deleted connections of a project, latest first. */
export function tombstonesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["deletedPeerings", projectId],
    queryFn: async ({ signal }) => {
      const url = apiUrls.deletedPeerings(projectId)
      return (await readJson({ url, isAnswer: isTombstoneList, signal })).deletedPeerings
    },
    staleTime: 0,
  })
}
