import { apiUrls, type ListFacts } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readOf } from "#api/reads.ts"

/** Reads what the small paths in a project's list need beside its connections, every minute. */
export function listFactsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["list-facts", projectId],
    queryFn: readOf(apiUrls.listFacts(projectId), hasFields<ListFacts>("listed", "running")),
    refetchInterval: 60_000,
  })
}
