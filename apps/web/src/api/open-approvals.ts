import { approvalUrls, type ApprovalList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isList = hasFields<ApprovalList>("approvals", "counts", "isPolicySet")
const readEveryMs = 30_000

/** Reads the newest open requests for approval. Beside `approvals.ts`, since the first page loads it. */
export function openApprovalsQuery() {
  return queryOptions({
    queryKey: ["approvals", "newest"],
    queryFn: ({ signal }) => readJson({ url: approvalUrls.approvals({}), isAnswer: isList, signal }),
    // Not asked for again by a page that came with them.
    staleTime: readEveryMs / 2,
    refetchInterval: readEveryMs,
  })
}
