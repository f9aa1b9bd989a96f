import { apiUrls, type KnownFacts, type PasteFacts, type Peering } from "@peering-desk/shared-schemas"
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { readJson } from "#api/http.ts"

const isKnownFacts = hasFields<KnownFacts>("facts", "contradictions", "waiting")

type Named = Pick<Peering, "projectId" | "id">

const keyOf = ({ projectId, id }: Named) => ["network-facts", projectId, id]

const viewedEveryMs = 30_000

/**
 * Reads what is known of a connection's network, again whenever the stream shows that it changed. Where a role reads the network, it
 * first shows what is known, then has the server read while the page is visible.
 */
export function networkFactsQuery(peering: Named & Pick<Peering, "factsAt" | "peer">) {
  const { projectId, id, factsAt, peer } = peering
  const queryKey = [...keyOf(peering), factsAt ?? null]
  return queryOptions({
    queryKey,
    queryFn: ({ signal, client }) => {
      const known = client.getQueryData<KnownFacts>(queryKey)
      const query = known?.account === undefined ? {} : { viewing: "true" }
      return readJson({ url: apiUrls.peeringFacts(projectId, id, query), isAnswer: isKnownFacts, signal })
    },
    // The account of a VPC may be connected before anything of it is read.
    enabled: factsAt !== undefined || peer.providerName === "AWS",
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      if (data?.account === undefined) return false
      return dataUpdateCount === 1 ? 1 : viewedEveryMs
    },
    placeholderData: keepPreviousData,
  })
}

/** Returns the facts of a connection's network; null while nothing is known. */
export function useNetworkFacts(peering: Parameters<typeof networkFactsQuery>[0]) {
  return useQuery(networkFactsQuery(peering)).data?.facts ?? null
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

/** Has the server read the network through its role now. */
export function useReadFacts(peering: Named) {
  return useNews(peering, () => ({ url: apiUrls.readFacts(peering.projectId, peering.id) }))
}

function useNews<Input = void>(peering: Named, toCall: (input: Input) => { url: string; body?: object }) {
  return useChange((input: Input) => ({ ...toCall(input), isAnswer: isKnownFacts, method: "POST" }), {
    // The stream brings the time of the change, before or after this answer.
    async onAnswer(client, known) {
      await client.cancelQueries({ queryKey: keyOf(peering) })
      client.setQueriesData({ queryKey: keyOf(peering) }, known)
    },
  })
}
