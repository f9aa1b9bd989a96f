import {
  approvalUrls,
  type ApprovalDetail,
  type ApprovalPolicyAnswer,
  type ApprovalPolicyResult,
  type ApprovalShow,
  type TestApprovalPolicy,
} from "@peering-desk/shared-schemas"
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange } from "./change.ts"
import { readJson, sendJson } from "./http.ts"
import { approvalsKey, isApprovalList } from "./open-approvals.ts"
import { readOf } from "./reads.ts"

const isDetail = hasFields<ApprovalDetail>("approval", "check")
const isPolicy = hasFields<ApprovalPolicyAnswer>("policy")
const isResult = hasFields<ApprovalPolicyResult>("line", "needs")

/** Others decide meanwhile, and an approved request is on its way to Atlas. */
const openEveryMs = 5_000
const openStates: ReadonlySet<string | undefined> = new Set(["waiting", "approved", "unknown"])

/** Lists the requests for approval in the projects of the person, page after page. */
export function approvalsQuery(show: ApprovalShow) {
  return infiniteQueryOptions({
    queryKey: [...approvalsKey, "all", show],
    queryFn: ({ pageParam, signal }) => {
      // Without parameters, as the server has the browser fetch it before the page asks.
      const search = { show: show === "decided" ? show : undefined, before: pageParam ?? undefined }
      return readJson({ url: approvalUrls.approvals(search), isAnswer: isApprovalList, signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => ((data?.pages[0]?.counts.open ?? 0) > 0 ? openEveryMs : false),
  })
}

/** Reads one request; while it waits, with the checks of now. */
export function approvalQuery(id: string) {
  return queryOptions({
    queryKey: [...approvalsKey, id],
    queryFn: readOf<ApprovalDetail>(approvalUrls.approval(id), isDetail),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (openStates.has(data?.approval.state) ? openEveryMs : false),
  })
}

export type Decision =
  { kind: "approve"; planHash: string } | { kind: "decline"; reason: string } | { kind: "withdraw" }

/** Approves, declines or withdraws a request. */
export function useDecide(id: string) {
  return useChange(
    (decision: Decision) => ({ ...toCall(id, decision), method: "POST", isAnswer: isDetail }),
    {
      onAnswer: (client, detail) => client.setQueryData(approvalQuery(id).queryKey, detail),
      // Somebody else may have decided.
      stale: [approvalsKey],
    },
  )
}

function toCall(id: string, decision: Decision): { url: string; body?: object } {
  switch (decision.kind) {
    case "approve":
      return { url: approvalUrls.approve(id), body: { planHash: decision.planHash } }
    case "decline":
      return { url: approvalUrls.declineApproval(id), body: { reason: decision.reason } }
    case "withdraw":
      return { url: approvalUrls.withdrawApproval(id) }
  }
}

/** Reads the policy, for administrators of everything. */
export function approvalPolicyQuery() {
  return queryOptions({
    queryKey: ["approval-policy"],
    queryFn: readOf(approvalUrls.approvalPolicy(), isPolicy),
    staleTime: 0,
  })
}

/** Tries an example on the policy. */
export function approvalExampleQuery(example: TestApprovalPolicy | null) {
  return queryOptions({
    queryKey: ["approval-policy", example],
    queryFn: ({ signal }) =>
      sendJson({
        url: approvalUrls.testApprovalPolicy(),
        method: "POST",
        body: example,
        isAnswer: isResult,
        signal,
      }),
    enabled: example !== null,
  })
}
