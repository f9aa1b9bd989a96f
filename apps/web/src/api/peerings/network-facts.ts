import { apiUrls, type KnownFacts, type PasteFacts, type Peering } from "@peering-desk/shared-schemas"
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isKnownFacts = hasFields<KnownFacts>("facts", "contradictions", "waiting")

type Named = Pick<Peering, "projectId" | "id">

const keyOf = ({ projectId, id }: Named) => ["network-facts", projectId, id]

/** Reads what is known of a connection's network, again whenever the stream shows that it changed. */
export function networkFactsQuery(peering: Named & Pick<Peering, "factsAt">) {
  return queryOptions({
    queryKey: [...keyOf(peering), peering.factsAt ?? null],
    queryFn: ({ signal }) =>
      readJson({ url: apiUrls.peeringFacts(peering.projectId, peering.id), isAnswer: isKnownFacts, signal }),
    enabled: peering.factsAt !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** Sends the output of a look-up of the connection's network. */
export function usePasteFacts(peering: Named) {
  return useNews(peering, (text: string) => ({
    url: apiUrls.peeringFacts(peering.projectId, peering.id),
    body: { text } satisfies PasteFacts,
  }))
}

/** Accepts what the holder of a share link pasted. */
export function useAcceptFacts(peering: Named) {
  return useNews(peering, () => ({ url: apiUrls.acceptFacts(peering.projectId, peering.id) }))
}

function useNews<Input>(peering: Named, toCall: (input: Input) => { url: string; body?: object }) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => sendJson({ ...toCall(input), isAnswer: isKnownFacts, method: "POST" }),
    // The stream brings the time of the change, before or after this answer.
    onSuccess: async (known) => {
      await queryClient.cancelQueries({ queryKey: keyOf(peering) })
      queryClient.setQueriesData({ queryKey: keyOf(peering) }, known)
    },
  })
}
