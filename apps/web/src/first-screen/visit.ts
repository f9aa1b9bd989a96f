import type { SessionInfo } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"

/** One page with the person who opens it. */
export interface Visit {
  /** Reads a query, unless it is there. */
  read: QueryClient["fetchQuery"]
  readList: QueryClient["fetchInfiniteQuery"]
  /** Reads what the page can do without: when it fails, takes long or is too large for the document, the browser reads it. */
  tryToRead: QueryClient["prefetchQuery"]
  person: SessionInfo
  projectId: string
  /** The other parameter of its path: the id of a connection, an entry or a request, or a view; empty without one. */
  id: string
  search: URLSearchParams
  /** The page's time, milliseconds since 1970. */
  now: number
}
