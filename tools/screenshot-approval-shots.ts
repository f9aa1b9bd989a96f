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
import { makeApproval, target } from "#web/src/mock-bff/approval-samples.ts"
import { answer, listWaitingShots, refuse, type Shot } from "./screenshot-shot.ts"

type Plan = Approval["plan"]

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
    ...details.map(({ approval: { id } }) => toShot(`approval-${id}`, id)),
    toShot("approval-approve", "deletion", (page) =>
      page.getByRole("button", { name: "Approve and send…" }).click(),
    ),
    toShot("approval-decline", "waiting", (page) => page.getByRole("button", { name: "Decline…" }).click()),
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

function toShot(name: string, id: string, reach?: Shot["reach"]): Shot {
  const detail = details.find(({ approval }) => approval.id === id)
  const before = answer(approvalUrls.approval(id), detail)
  return { name, path: `/approvals/${id}`, before, ...(reach !== undefined && { reach }) }
}

const nobody = { decide: false, withdraw: false }
const decided = { decidedBy: "Olivia Marsh", decidedAt: "2026-11-24T11:00:00.000Z", may: nobody }

/** What the server finds when it checks a request again. */
function toDetail(id: string, more: Partial<Approval>, check: Partial<ApprovalCheck> | null): ApprovalDetail {
  const holds = { requester: null, preflight: null, target: null, holds: true }
  return { approval: makeApproval(id, more), check: check && { ...holds, ...check } }
}

function toPreflight(status: Check["status"], says: string): Pick<ApprovalCheck, "preflight"> {
  const check: Check = {
    id: "overlap-with-peer",
    status,
    says,
    errorCode: status === "red" ? "OVERLAPPING_CIDR_BLOCKS" : null,
    field: "routeTableCidrBlock",
    basedOn: "",
  }
  const verdict = { status, checks: [check], plan: null, suggestedFixes: [] }
  return { preflight: { verdict, planHash: null } }
}
const good = toPreflight("green", "10.90.0.0/16 doesn't overlap any known network")
const warned = toPreflight("amber", "The VPC is in another region than the container")
const red = toPreflight("red", "10.90.0.0/16 overlaps 10.90.0.0/20 of vpc-0d2e4f6081a3c5e79")

const changes: Plan = {
  kind: "change",
  peeringId: "p",
  target,
  body: { providerName: "AWS", routeTableCidrBlock: "10.51.0.0/16" },
}
const differences = [{ field: "isAvailable", was: false, is: true }]
const problem: Approval["problem"] = {
  type: "about:blank",
  title: "Atlas rejected the request",
  status: 422,
  code: "atlas_refused",
  requestId: "",
  atlas: { status: 403, errorCode: "PEERING_LIMIT", detail: "The project has reached its limit." },
}
const declineReason = "Use the shared VPC instead"
const removes: Plan = { kind: "delete", peeringId: "p", target }

/** By id: how the request differs from one that waits, and what the server finds. */
const states: Record<string, [more: Partial<Approval>, check: Partial<ApprovalCheck> | null]> = {
  waiting: [{}, warned],
  own: [{ mayNotDecide: "own", may: { decide: false, withdraw: true } }, good],
  refused: [{}, { ...red, holds: false }],
  gone: [{}, { ...good, requester: "gone", holds: false }],
  "no-role": [{}, { ...good, requester: "no-role", holds: false }],
  changed: [{ plan: changes }, { target: { isThere: true, differences }, holds: false }],
  deletion: [{ plan: removes, needs: "administrator" }, { target: { isThere: true, differences: [] } }],
  sending: [{ ...decided, state: "approved" }, null],
  done: [{ ...decided, state: "done" }, null],
  declined: [{ ...decided, state: "declined", declineReason }, null],
  failed: [{ ...decided, state: "failed", problem }, null],
  expired: [{ state: "expired", may: nobody }, null],
}
const details = Object.entries(states).map(([id, state]) => toDetail(id, ...state))

/** Answers the list in which a tab has all of its requests and more on a second page. */
function toList(show: "open" | "decided"): ApprovalList {
  const all = details.map(({ approval }) => approval)
  const isOpen = ({ state }: Approval) => state === "waiting" || state === "approved"
  const open = all.filter(isOpen)
  const closed = all.filter((approval) => !isOpen(approval))
  return {
    approvals: show === "open" ? open : closed,
    counts: { open: open.length + 100, decided: closed.length },
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
