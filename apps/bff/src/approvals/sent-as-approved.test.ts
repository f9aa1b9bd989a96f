import { apiUrls, HeldForApproval, Peering, type Approval } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  approvalPolicy,
  findRow,
  openApprovalDesk,
  toRequest,
  type ApprovalDesk,
} from "#test/support/approvals.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"
import type { ChangeTable } from "#store/change-tables.ts"

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

async function change({ id }: Approval, columns: Partial<ChangeTable>): Promise<void> {
  await held.desk.services.store.db.updateTable("change").set(columns).where("id", "=", id).execute()
}

/** Changes what is stored as JSON in a column. */
async function changeInside(
  approval: Approval,
  column: "held" | "plan",
  toChanged: (value: { requester: object }) => object,
  columns: Partial<ChangeTable> = {},
) {
  const value = JSON.parse((await findRow(held.desk, approval.id))[column] ?? "") as { requester: object }
  await change(approval, { [column]: JSON.stringify({ ...value, ...toChanged(value) }), ...columns })
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
      (one) =>
        changeInside(one, "held", ({ requester }) => ({ requester: { ...requester, identity: somebody } }), {
          user_key: otherKey,
        }),
    ],
    [
      "the rights of its requester",
      (one) =>
        changeInside(one, "held", ({ requester }) => ({
          requester: { ...requester, claims: { groups: ["admins"] } },
        })),
    ],
    ["its reason", (one) => changeInside(one, "held", () => ({ reason: "Something else" }))],
    [
      "the further addresses that were checked",
      (one) => changeInside(one, "plan", () => ({ networkBlocks: ["10.9.0.0/16"] })),
    ],
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
    await changeInside(approval, "held", () => ({ needs: "requester" }))
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 plan_changed")
  })
})

describe("an approved request that was changed in the database", () => {
  test("is not sent with another reason", async () => {
    const approval = await held.hold("nadia", next())
    const decision = { by: somebody, at: 0, reason: null }
    await changeInside(approval, "held", () => ({ decision, reason: "Something else" }), { state: "ready" })
    const before = countSent()
    held.desk.services.changeLookUps.start()
    await expect.poll(async () => (await findRow(held.desk, approval.id)).state).toBe("failed")
    expect((await findRow(held.desk, approval.id)).problem).toContain("plan_changed")
    held.desk.services.changeLookUps.stop()
    expect(countSent()).toBe(before)
  })

  test("is not sent without an approver, and the server goes on", async () => {
    const approval = await held.hold("nadia", next())
    await change(approval, { state: "ready" })
    const before = countSent()
    held.desk.services.changeLookUps.start()
    await expect.poll(() => held.desk.logs.some((line) => line.includes("has no approver"))).toBe(true)
    held.desk.services.changeLookUps.stop()
    expect(countSent()).toBe(before)
  })
})

test("a create that Atlas refused is not sent again under its key without an approval that the policy wants by then", async () => {
  const [own, another] = [next(), next()]
  held.desk.services.approvalPolicy.replace(null)
  held.desk.simulator.addFault({ match: { method: "POST" }, fault: { status: 402 }, times: 1 })
  expect(readVerdict(await held.ask("nadia", own))).toBe("422 atlas_refused")
  held.desk.services.approvalPolicy.replace(approvalPolicy)
  const before = countSent()
  expect(readProblem(await held.ask("nadia", own))).toMatchObject({
    code: "idempotency_key_reused",
    detail: "Another person has to approve this by now. Send it under a new Idempotency-Key to request it.",
  })
  expect(countSent()).toBe(before)
  expect((await held.ask("nadia", another, { request: toRequest(own) })).status).toBe(202)
})
