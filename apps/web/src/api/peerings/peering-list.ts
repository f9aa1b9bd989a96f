import { apiUrls, type PeeringList } from "@peering-desk/shared-schemas"
import { queryOptions, type QueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readAgainJson } from "#api/http.ts"
import { readUnderEvents } from "./peering-cache.ts"

const isPeeringList = hasFields<PeeringList>("projectId", "peerings", "watches")
/** By project: the event that the answer has to have, since the stream continues after it. */
const readAfter = new Map<string, string>()

/** Reads every connection of a project. The event stream keeps the list fresh, so it never goes stale by age. */
export function peeringsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["peerings", projectId],
    queryFn: ({ client, signal }) =>
      readUnderEvents(client, projectId, () => {
        const lastEventId = readAfter.get(projectId)
        const headers: Record<string, string> =
          lastEventId === undefined ? {} : { "last-event-id": lastEventId }
        return readAgainJson({ url: apiUrls.peerings(projectId), isAnswer: isPeeringList, signal, headers })
      }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Reads a list again with everything up to an event, because the stream can't bring what the page lacks. */
export function readListAgain(
  client: QueryClient,
  { projectId, lastEventId }: { projectId: string; lastEventId: string },
): void {
  readAfter.set(projectId, lastEventId)
  void client.invalidateQueries({ queryKey: peeringsQuery(projectId).queryKey })
}
