import { apiUrls, type ListFacts } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isListFacts = hasFields<ListFacts>("listed", "running")

/** Reads what the small paths in a project's list need beside its connections, every minute. */
export function listFactsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["list-facts", projectId],
    queryFn: ({ signal }) => readJson({ url: apiUrls.listFacts(projectId), isAnswer: isListFacts, signal }),
    refetchInterval: 60_000,
  })
}
