import { apiUrls, type PeeringList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readAgainJson } from "#api/http.ts"

const isPeeringList = hasFields<PeeringList>("projectId", "peerings", "watches")

/** Reads every connection of a project. The event stream keeps the list fresh, so it never goes stale by age. */
export function peeringsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["peerings", projectId],
    queryFn: ({ signal }) =>
      readAgainJson({ url: apiUrls.peerings(projectId), isAnswer: isPeeringList, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
