import { approvalUrls, type ApprovalList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readOf } from "./reads.ts"

export const isApprovalList = hasFields<ApprovalList>("approvals", "counts", "isPolicySet")
/** Of all reads of requests. */
export const approvalsKey = ["approvals"]
const readEveryMs = 30_000

/** Reads the newest open requests for approval. Beside `approvals.ts`, since the first page loads it. */
export function openApprovalsQuery() {
  return queryOptions({
    queryKey: [...approvalsKey, "newest"],
    queryFn: readOf(approvalUrls.approvals({}), isApprovalList),
    // Not asked for again by a page that came with them.
    staleTime: readEveryMs / 2,
    refetchInterval: readEveryMs,
  })
}
