import {
  approvalUrls,
  type ApprovalDetail,
  type ApprovalList,
  type ApprovalPolicyAnswer,
  type ApprovalPolicyResult,
  type ApprovalShow,
  type TestApprovalPolicy,
} from "@peering-desk/shared-schemas"
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isList = hasFields<ApprovalList>("approvals", "counts", "isPolicySet")
const isDetail = hasFields<ApprovalDetail>("approval", "check")
const isPolicy = hasFields<ApprovalPolicyAnswer>("policy")
const isResult = hasFields<ApprovalPolicyResult>("line", "needs")

const key = ["approvals"]
/** Others decide meanwhile, and an approved request is on its way to Atlas. */
const openEveryMs = 5_000
const openStates: ReadonlySet<string | undefined> = new Set(["waiting", "approved", "unknown"])

/** Lists the requests for approval in the projects of the person, page after page. */
export function approvalsQuery(show: ApprovalShow) {
  return infiniteQueryOptions({
    queryKey: [...key, "all", show],
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? {} : { before: pageParam }
      // Without parameters, as the server has the browser fetch it before the page asks.
      const search = { ...(show === "decided" && { show }), ...before }
      return readJson({ url: approvalUrls.approvals(search), isAnswer: isList, signal })
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
    queryKey: [...key, id],
    queryFn: ({ signal }) => readJson({ url: approvalUrls.approval(id), isAnswer: isDetail, signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (openStates.has(data?.approval.state) ? openEveryMs : false),
  })
}

export type Decision =
  { kind: "approve"; planHash: string } | { kind: "decline"; reason: string } | { kind: "withdraw" }

/** Approves, declines or withdraws a request. */
export function useDecide(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (decision: Decision) => {
      switch (decision.kind) {
        case "approve":
          return send(approvalUrls.approve(id), { planHash: decision.planHash })
        case "decline":
          return send(approvalUrls.declineApproval(id), { reason: decision.reason })
        case "withdraw":
          return send(approvalUrls.withdrawApproval(id))
      }
    },
    onSuccess: (detail) => queryClient.setQueryData(approvalQuery(id).queryKey, detail),
    // Also after a failure: somebody else may have decided.
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
}

function send(url: string, body?: object): Promise<ApprovalDetail> {
  return sendJson({ url, method: "POST", isAnswer: isDetail, ...(body && { body }) })
}

/** Reads the policy, for administrators of everything. */
export function approvalPolicyQuery() {
  return queryOptions({
    queryKey: ["approval-policy"],
    queryFn: ({ signal }) => readJson({ url: approvalUrls.approvalPolicy(), isAnswer: isPolicy, signal }),
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
