import { seededIds } from "@peering-desk/atlas-simulator"
import {
  approvalUrls,
  type Approval,
  type ApprovalCheck,
  type ApprovalDetail,
  type ApprovalList,
  type ApprovalPolicyAnswer,
  type ApprovalPolicyResult,
  type Check,
} from "@peering-desk/shared-schemas"
import { answer, listWaitingShots, refuse, type Shot } from "./screenshot-shot.ts"

/** Lists the pages of approvals in their states. The demo has no policy, so the server's answers are given. */
export function listApprovalShots(): Shot[] {
  return [
    { name: "approvals", path: "/approvals", before: answer(approvalUrls.approvals(), toList("open")) },
    {
      name: "approvals-decided",
      path: "/approvals?show=decided",
      before: answer(approvalUrls.approvals({ show: "decided" }), toList("decided")),
    },
    {
      name: "approvals-empty",
      path: "/approvals",
      before: answer(approvalUrls.approvals(), {
        approvals: [],
        counts: { open: 0, decided: 0 },
        nextBefore: null,
        isPolicySet: true,
      } satisfies ApprovalList),
    },
    { name: "approvals-without-policy", path: "/approvals" },
    ...listWaitingShots("approvals", "/approvals"),
    ...Object.entries(details).map(([name, detail]): Shot => ({
      name: `approval-${name}`,
      path: `/approvals/${detail.approval.id}`,
      before: answer(approvalUrls.approval(detail.approval.id), detail),
    })),
    {
      name: "approval-approve",
      path: "/approvals/deletion",
      before: answer(approvalUrls.approval("deletion"), details["deletion"]),
      reach: (page) => page.getByRole("button", { name: "Approve and send…" }).click(),
    },
    {
      name: "approval-decline",
      path: "/approvals/waiting",
      before: answer(approvalUrls.approval("waiting"), details["waiting"]),
      reach: (page) => page.getByRole("button", { name: "Decline…" }).click(),
    },
    { name: "approval-unknown", path: "/approvals/nothing" },
    { name: "approval-error", path: "/approvals/waiting", before: refuse },
    {
      name: "approval-policy",
      path: "/approvals/policy",
      async before(page) {
        await answer(approvalUrls.approvalPolicy(), policy)(page)
        await answer(approvalUrls.testApprovalPolicy(), result)(page)
      },
      reach: (page) => page.getByRole("combobox", { name: "Project" }).selectOption(seededIds.payments),
    },
    { name: "approval-policy-none", path: "/approvals/policy" },
    { name: "approval-policy-forbidden", path: "/approvals/policy", person: "Victor Lund" },
  ]
}

const planHash = "3f9a1c0d52e84b7796c1f0a2d4b8e613".repeat(2)
const request = {
  providerName: "AWS",
  containerId: "507f1f77bcf86cd799439011",
  accepterRegionName: "us-east-1",
  awsAccountId: "482913570264",
  routeTableCidrBlock: "10.90.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
} as const
const target = { ...request, routeTableCidrBlock: "10.50.0.0/16", isAvailable: true }
const nobody = { decide: false, withdraw: false }

function makeApproval(id: string, more: Partial<Approval> = {}): Approval {
  return {
    id,
    projectId: seededIds.payments,
    providerName: "AWS",
    plan: { kind: "create", request },
    planHash,
    reason: "PAY-212 checkout reads the ledger",
    requestedBy: { name: "Nadia Brandt", email: "nadia@example.com", token: null },
    requestedAt: "2026-01-15T09:00:00.000Z",
    expiresAt: "2026-01-18T09:00:00.000Z",
    needs: "requester",
    state: "waiting",
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
    peeringId: null,
    problem: null,
    may: { decide: true, withdraw: false },
    mayNotDecide: null,
    ...more,
  }
}

const decided = { decidedBy: "Olivia Marsh", decidedAt: "2026-01-15T11:00:00.000Z", may: nobody }
const toCheck = (status: Check["status"], says: string): Check => ({
  id: "overlap-with-peer",
  status,
  says,
  errorCode: status === "red" ? "OVERLAPPING_CIDR_BLOCKS" : null,
  field: "routeTableCidrBlock",
  basedOn: "",
})
const toPreflight = (status: Check["status"], ...checks: Check[]): ApprovalCheck["preflight"] => ({
  verdict: { status, checks, plan: null, suggestedFixes: [] },
  planHash: null,
})
const good = toCheck("green", "10.90.0.0/16 doesn't overlap any known network")
const warned = toCheck("amber", "The VPC is in another region than the container")
const red = toCheck("red", "10.90.0.0/16 overlaps 10.90.0.0/20 of vpc-0d2e4f6081a3c5e79")

const details: Record<string, ApprovalDetail> = {
  waiting: {
    approval: makeApproval("waiting"),
    check: { requester: null, preflight: toPreflight("amber", warned, good), target: null, holds: true },
  },
  own: {
    approval: makeApproval("own", { mayNotDecide: "own", may: { decide: false, withdraw: true } }),
    check: { requester: null, preflight: toPreflight("green", good), target: null, holds: true },
  },
  refused: {
    approval: makeApproval("refused"),
    check: { requester: null, preflight: toPreflight("red", red), target: null, holds: false },
  },
  gone: {
    approval: makeApproval("gone"),
    check: { requester: "gone", preflight: toPreflight("green", good), target: null, holds: false },
  },
  "no-role": {
    approval: makeApproval("no-role"),
    check: { requester: "no-role", preflight: toPreflight("green", good), target: null, holds: false },
  },
  changed: {
    approval: makeApproval("changed", {
      plan: {
        kind: "change",
        peeringId: "p",
        target,
        body: { providerName: "AWS", routeTableCidrBlock: "10.51.0.0/16" },
      },
    }),
    check: {
      requester: null,
      preflight: null,
      target: { isThere: true, differences: [{ field: "isAvailable", was: false, is: true }] },
      holds: false,
    },
  },
  deletion: {
    approval: makeApproval("deletion", {
      plan: { kind: "delete", peeringId: "p", target },
      needs: "administrator",
    }),
    check: { requester: null, preflight: null, target: { isThere: true, differences: [] }, holds: true },
  },
  sending: { approval: makeApproval("sending", { ...decided, state: "approved" }), check: null },
  done: { approval: makeApproval("done", { ...decided, state: "done" }), check: null },
  declined: {
    approval: makeApproval("declined", {
      ...decided,
      state: "declined",
      declineReason: "Use the shared VPC instead",
    }),
    check: null,
  },
  failed: {
    approval: makeApproval("failed", {
      ...decided,
      state: "failed",
      problem: {
        type: "about:blank",
        title: "Atlas rejected the request",
        status: 422,
        code: "atlas_refused",
        requestId: "",
        atlas: { status: 403, errorCode: "PEERING_LIMIT", detail: "The project has reached its limit." },
      },
    }),
    check: null,
  },
  expired: { approval: makeApproval("expired", { state: "expired", may: nobody }), check: null },
}

/** Answers the list in which a tab has all of its requests and more on a second page. */
function toList(show: "open" | "decided"): ApprovalList {
  const all = Object.values(details).map(({ approval }) => approval)
  const isOpen = ({ state }: Approval) => state === "waiting" || state === "approved"
  const open = all.filter(isOpen)
  const decided = all.filter((approval) => !isOpen(approval))
  return {
    approvals: show === "open" ? open : decided,
    counts: { open: open.length + 100, decided: decided.length },
    nextBefore: show === "open" ? "1768467600000-older" : null,
    isPolicySet: true,
  }
}

const policy: ApprovalPolicyAnswer = {
  policy: {
    lines: [
      { projects: "*", askers: ["token"], needs: "administrator" },
      { projects: [seededIds.payments], actions: ["delete"], needs: "administrator" },
      { projects: [seededIds.payments], clouds: ["AWS", "AZURE"], needs: "requester" },
    ],
    expireAfterHours: 72,
  },
}
const result: ApprovalPolicyResult = { line: 3, needs: "requester" }
