import { apiUrls, type Inbox } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange } from "./change.ts"
import { readOf } from "./reads.ts"

const isInbox = hasFields<Inbox>("entries", "unread")
const inboxKey = ["inbox"]
/** How often an open page asks for new events. */
const inboxEveryMs = 30_000

/** Reads the person's inbox, again while a page with it is open. */
export function inboxQuery() {
  return queryOptions({
    queryKey: inboxKey,
    queryFn: readOf(apiUrls.inbox(), isInbox),
    refetchInterval: inboxEveryMs,
    staleTime: 0,
  })
}

/** Marks everything up to an entry as read. */
export function useMarkRead() {
  return useChange(
    (upTo: number) => ({ url: apiUrls.readInbox(), method: "POST", body: { upTo }, isAnswer: isInbox }),
    { onAnswer: (client, inbox) => client.setQueryData(inboxKey, inbox) },
  )
}
