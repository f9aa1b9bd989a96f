import type { RouteTable } from "./route.ts"

/** The part of the route table about approvals. Only pages that load on demand call them. */
export const approvalRoutes = {
  approvals: {
    path: "/api/approvals",
    get: {
      access: "signed-in",
      summary:
        "Requests that another person approves: the open ones, or with show=decided the others; newest first",
      query: "ApprovalQuery",
      answer: "ApprovalList",
    },
  },
  approval: {
    path: "/api/approvals/:approvalId",
    get: {
      access: "signed-in",
      summary: "One request; while it waits, checked against Atlas's lists of now",
      answer: "ApprovalDetail",
    },
  },
  approve: {
    path: "/api/approvals/:approvalId/approve",
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Approve another person's request, which then goes to Atlas",
      body: "ApproveApproval",
      answer: "ApprovalDetail",
    },
  },
  declineApproval: {
    path: "/api/approvals/:approvalId/decline",
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Decline another person's request, with a reason",
      body: "DeclineApproval",
      answer: "ApprovalDetail",
    },
  },
  withdrawApproval: {
    path: "/api/approvals/:approvalId/withdraw",
    post: {
      access: "signed-in",
      summary: "Withdraw a request of yours",
      answer: "ApprovalDetail",
    },
  },
  approvalPolicy: {
    path: "/api/approval-policy",
    get: {
      access: "global-administrator",
      summary: "The approval policy in force",
      answer: "ApprovalPolicyAnswer",
    },
  },
  testApprovalPolicy: {
    path: "/api/approval-policy/test",
    post: {
      access: "global-administrator",
      summary: "Try an example on the approval policy",
      body: "TestApprovalPolicy",
      answer: "ApprovalPolicyResult",
    },
  },
} as const satisfies RouteTable
