import { apiUrls, type PeeringDraft, type PreflightAnswer } from "@peering-desk/shared-schemas"
import { hashKey, queryOptions, type QueryClient } from "@tanstack/react-query"
import { addressSpaceKey } from "./address-space.ts"
import { hasFields } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"

const isPreflightAnswer = hasFields<PreflightAnswer>("verdict")

const verdictsKey = (projectId: string) => ["preflight", projectId]

/** The server's own verdict on a draft, by which a create is sent or not. It changes nothing at Atlas. */
export function preflightQuery(projectId: string, draft: PeeringDraft) {
  return queryOptions({
    queryKey: [...verdictsKey(projectId), draft],
    queryFn: ({ signal }) =>
      sendJson({
        url: apiUrls.preflight(projectId),
        isAnswer: isPreflightAnswer,
        method: "POST",
        body: draft,
        signal,
      }),
    // Longer than typing takes, shorter than anything at Atlas does.
    staleTime: 10_000,
    gcTime: 60_000,
  })
}

/**
 * Reads the addresses again after a change at Atlas, and forgets the verdicts from before.
 * @param told a draft whose verdict came with the change, so that it is younger than it
 */
export function invalidateVerdicts(client: QueryClient, projectId: string, told?: PeeringDraft): void {
  const kept = told && hashKey(preflightQuery(projectId, told).queryKey)
  void client.invalidateQueries({ queryKey: addressSpaceKey() })
  // Not just invalidated: one that the form would not ask for now would never be asked for again, and still be shown.
  void client.resetQueries({
    queryKey: verdictsKey(projectId),
    predicate: ({ queryHash }) => queryHash !== kept,
  })
}
