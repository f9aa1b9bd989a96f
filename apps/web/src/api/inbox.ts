import { apiUrls, type Inbox } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isInbox = hasFields<Inbox>("entries", "unread")
const inboxKey = ["inbox"]
/** How often an open page asks for new events. */
const inboxEveryMs = 30_000

/** Reads the person's inbox, again while a page with it is open. */
export function inboxQuery() {
  return queryOptions({
    queryKey: inboxKey,
    queryFn: ({ signal }) => readJson({ url: apiUrls.inbox(), isAnswer: isInbox, signal }),
    refetchInterval: inboxEveryMs,
    staleTime: 0,
  })
}

/** Marks everything up to an entry as read. */
export function useMarkRead() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (upTo: number) =>
      sendJson({ url: apiUrls.readInbox(), method: "POST", body: { upTo }, isAnswer: isInbox }),
    onSuccess: (inbox) => queryClient.setQueryData(inboxKey, inbox),
  })
}
