import {
  apiUrls,
  ApprovalDetail,
  HeldForApproval,
  Peering,
  type Approval,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { approvalPolicy, openApprovalDesk, toRequest, type ApprovalDesk } from "#test/support/approvals.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"
import type { ApprovalTable } from "#store/approval-tables.ts"

let held: ApprovalDesk
let number = 20
beforeAll(async () => {
  held = await openApprovalDesk()
})
afterAll(() => held.desk.close())

const next = () => (number += 1)

/** Creates a connection without a policy, past its first state. */
async function create(): Promise<{ id: string; name: string }> {
  held.desk.services.approvalPolicy.replace(null)
  const { id } = Peering.parse((await held.ask("nadia", next())).json())
  held.desk.simulator.advance(60)
  held.desk.clock.advance(3_000)
  held.desk.services.approvalPolicy.replace(approvalPolicy)
  return { id, name: toRequest(number).vpcId }
}

async function holdDeletion(): Promise<Approval> {
  const { id, name } = await create()
  const body = { reason: "No longer used", name }
  const answer = await held.call("nadia", "DELETE", apiUrls.peering(projectId, id), { body })
  return HeldForApproval.parse(answer.json()).approval
}

const countSent = () => held.desk.asked("POST", "/peers")
const rowOf = (id: string) =>
  held.desk.services.store.db
    .selectFrom("approval")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow()

async function change({ id }: Approval, columns: Partial<ApprovalTable>): Promise<void> {
  await held.desk.services.store.db.updateTable("approval").set(columns).where("id", "=", id).execute()
}

async function changeRequester(approval: Approval, more: object, columns: Partial<ApprovalTable> = {}) {
  const requester = JSON.parse((await rowOf(approval.id)).requester) as { identity: object }
  await change(approval, { requester: JSON.stringify({ ...requester, ...more }), ...columns })
}

const otherKey = "https://id.example\nsomebody"
const somebody = { issuer: "https://id.example", subject: "somebody", name: "somebody", email: null }

describe("a waiting request that was changed in the database", () => {
  test("is not approved by its requester when its row names another person", async () => {
    const approval = await held.hold("nadia", next())
    await change(approval, { user_key: otherKey })
    const refused = readProblem(await held.approve("nadia", approval))
    expect(refused).toMatchObject({ code: "forbidden", detail: expect.stringMatching(/^Nobody decides/) })
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 plan_changed")
  })

  test.each<[string, (approval: Approval) => Promise<void>]>([
    [
      "its requester in both places",
      (one) => changeRequester(one, { identity: somebody }, { user_key: otherKey }),
    ],
    ["the rights of its requester", (one) => changeRequester(one, { claims: { groups: ["admins"] } })],
    ["its reason", (one) => change(one, { reason: "Something else" })],
    ["the further addresses that were checked", (one) => change(one, { network_blocks: '["10.9.0.0/16"]' })],
    ["its project", (one) => change(one, { project_id: "f".repeat(24) })],
  ])("is approved by nobody when it differs in %s", async (_what, tamper) => {
    const approval = await held.hold("nadia", next())
    await tamper(approval)
    const before = countSent()
    for (const person of ["nadia", "olivia"] as const)
      expect((await held.approve(person, approval)).status).toBeGreaterThanOrEqual(400)
    expect(readVerdict(await held.approve("olivia", approval))).toBe("409 plan_changed")
    expect(countSent()).toBe(before)
  })

  test("is not approved by a requester when it needed an administrator", async () => {
    const approval = await holdDeletion()
    await change(approval, { needs: "requester" })
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 plan_changed")
  })
})

describe("an approved request that was changed in the database", () => {
  test("is not sent with another reason", async () => {
    const approval = await held.hold("nadia", next())
    await change(approval, { state: "approved", decided_at: 0, decider: JSON.stringify(somebody) })
    await change(approval, { reason: "Something else", updated_at: 0 })
    const before = countSent()
    await held.desk.services.approvedSender.resumeAll()
    expect(await rowOf(approval.id)).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("plan_changed"),
    })
    expect(countSent()).toBe(before)
  })
})

describe("an approved restart of a connection", () => {
  test("counts as done after a lost answer only when Atlas shows the restart", async () => {
    const { id } = await create()
    const body = {
      reason: "It has to be accepted again",
      change: { routeTableCidrBlock: toRequest(number).routeTableCidrBlock },
      startAnew: true,
    }
    const answer = await held.call("nadia", "PATCH", apiUrls.peering(projectId, id), { body })
    const { approval } = HeldForApproval.parse(answer.json())
    expect(approval.plan).toMatchObject({ body: { vpcId: toRequest(number).vpcId } })
    held.desk.simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "before" }, times: 1 })
    const approved = held.approve("ben", approval)
    for (const delayMs of [1_000, 3_000]) {
      await Promise.race([approved, held.desk.clock.untilWaiting(delayMs)])
      held.desk.clock.advance(delayMs)
    }
    const detail = ApprovalDetail.parse((await approved).json())
    expect(detail.approval).toMatchObject({ state: "failed", problem: { code: "outcome_unknown" } })
  })
})
