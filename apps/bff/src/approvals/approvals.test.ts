import {
  apiUrls,
  approvalUrls,
  ApprovalDetail,
  ApprovalList,
  Peering,
  ProjectList,
  Timeline,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { callByToken } from "#test/support/api-tokens.ts"
import {
  approvalPolicy,
  approvalRules,
  findRow,
  openApprovalDesk,
  toKey,
  toRequest,
  type ApprovalDesk,
} from "#test/support/approvals.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"

let held: ApprovalDesk
beforeAll(async () => {
  held = await openApprovalDesk()
})
afterAll(() => held.desk.close())

const posts = () => held.desk.asked("POST", "/peers")
const detailOf = (answer: { json: () => unknown }) => ApprovalDetail.parse(answer.json())

/** Creates a connection in the name of nadia with the approval of ben, past its first state. */
async function create(number: number): Promise<string> {
  const approval = await held.hold("nadia", number)
  const { peeringId } = detailOf(await held.approve("ben", approval)).approval
  held.desk.simulator.advance(60)
  held.desk.clock.advance(3_000)
  return peeringId ?? ""
}

describe("a create that another person has to approve", () => {
  test("is stored with its plan and hash, sent to nobody, and goes to Atlas as it was approved", async () => {
    const before = posts()
    const answer = await held.ask("nadia", 1)
    const approval = await held.hold("nadia", 1)
    expect(answer).toMatchObject({ status: 202, headers: { location: approvalUrls.approval(approval.id) } })
    expect(posts()).toBe(before)
    const plan = { kind: "create", request: toRequest(1) }
    expect(approval).toMatchObject({ state: "waiting", plan, planHash: expect.any(String) })
    expect(approval).toMatchObject({ may: { decide: false, withdraw: true }, mayNotDecide: "own" })

    const seen = await held.read(approval.id, "ben")
    expect(seen).toMatchObject({
      approval: {
        may: { decide: true, withdraw: false },
        requestedBy: { name: "nadia example", token: null },
      },
      check: { holds: true, target: null, preflight: { verdict: { plan: { steps: expect.any(Array) } } } },
    })
    const done = detailOf(await held.approve("ben", seen.approval)).approval
    expect(done).toMatchObject({ state: "done", decidedBy: "ben example", problem: null })
    expect(posts()).toBe(before + 1)
    const peer = held.desk.simulator
      .state()
      .projects.flatMap(({ peers }) => peers)
      .find(({ id }) => id === done.peeringId)
    expect(peer).toMatchObject({ vpcId: toRequest(1).vpcId, routeTableCidrBlock: "10.1.0.0/16" })
  })

  test("is answered with its connection when its key is sent again afterwards", async () => {
    const before = posts()
    const again = await held.ask("nadia", 1)
    expect([again.status, Peering.parse(again.json()).createdBy]).toEqual([201, "nadia example"])
    expect(posts()).toBe(before)
    expect(readVerdict(await held.ask("ben", 1))).toBe("422 idempotency_key_reused")
    expect(readVerdict(await held.ask("nadia", 1, { reason: "Another" }))).toBe("422 idempotency_key_reused")
  })

  test("is in the audit log with who asked, who approved and the hash of the plan", async () => {
    const approval = await held.hold("nadia", 2)
    await held.approve("vera", approval)
    const about = { approval: approval.id, planHash: approval.planHash }
    expect((await held.rows("approval-requested")).at(-1)).toMatchObject({
      actor: { subject: "nadia" },
      reason: "Orders move to Atlas",
      detail: { ...about, act: "create", needs: "requester", expiresAt: approval.expiresAt },
    })
    expect((await held.rows("approval-granted")).at(-1)).toMatchObject({
      actor: { subject: "vera" },
      projectId,
      detail: { ...about, act: "create", requestedBy: "nadia example" },
    })
    const sent = (await held.rows("peering-create")).slice(-2)
    expect(sent.map(({ kind }) => kind)).toEqual(["attempt", "outcome"])
    for (const row of sent)
      expect(row).toMatchObject({
        actor: { subject: "nadia" },
        reason: "Orders move to Atlas",
        detail: { ...about, approvedBy: "vera example", approvedBySubject: "vera" },
      })
    const url = apiUrls.timeline(projectId, sent[1]?.peeringId ?? "")
    const { acts } = Timeline.parse((await held.call("ben", "GET", url)).json())
    expect(acts.at(-1)).toMatchObject({ action: "peering-create", approvedBy: "vera example" })
  })

  test("is refused at once, and not stored, when Atlas would refuse it", async () => {
    expect(readVerdict(await held.ask("nadia", 3, { request: toRequest(1) }))).toBe("422 preflight_refused")
    const { approvals } = ApprovalList.parse((await held.call("ben", "GET", approvalUrls.approvals())).json())
    expect(approvals.filter(({ state }) => state === "waiting")).toEqual([])
  })

  test("is not approved by its requester in any role", async () => {
    const own = await held.hold("vera", 4)
    const refused = await held.approve("vera", own)
    expect(readProblem(refused)).toMatchObject({
      code: "forbidden",
      detail: expect.stringMatching(/^Nobody decides/),
    })
    expect((await held.rows("approval-refused")).at(-1)).toMatchObject({
      actor: { subject: "vera" },
      detail: { approval: own.id, why: expect.stringMatching(/^forbidden: Nobody decides/) },
    })
    expect(
      readVerdict(
        await held.call("vera", "POST", approvalUrls.declineApproval(own.id), { body: { reason: "No" } }),
      ),
    ).toBe("403 forbidden")
    expect((await held.read(own.id)).approval.state).toBe("waiting")
  })

  test("is not decided by a viewer, by an API token, or by somebody who lost the right", async () => {
    const approval = await held.hold("nadia", 5)
    expect(readVerdict(await held.approve("victor", approval))).toBe("403 forbidden")
    const secret = await held.makeToken("ben")
    for (const path of [approvalUrls.approve(approval.id), approvalUrls.declineApproval(approval.id)]) {
      const body = path.endsWith("approve") ? { planHash: approval.planHash } : { reason: "No" }
      expect(readVerdict(await callByToken(held.desk, secret, "POST", path, { body }))).toBe("403 forbidden")
    }
    const { ruleBook } = held.desk.services
    const [, ...others] = approvalRules.rules
    ruleBook.replace({ rules: others })
    // Nobody of the team sees the project any more, and nadia may no longer have what she asked for.
    expect(readVerdict(await held.approve("ben", approval))).toBe("404 not_found")
    const refused = readProblem(await held.approve("vera", approval))
    expect(refused).toMatchObject({
      code: "requester_gone",
      detail: expect.stringContaining("may no longer"),
    })
    ruleBook.replace(approvalRules)
    expect((await held.approve("ben", approval)).status).toBe(200)
  })

  test("is not approved with another plan than the one that was seen", async () => {
    const approval = await held.hold("nadia", 6)
    const other = { id: approval.id, planHash: "0".repeat(64) }
    expect(readVerdict(await held.approve("ben", other))).toBe("409 plan_changed")
  })

  test("is not approved when its plan in the database is not the one that was requested", async () => {
    const approval = await held.hold("nadia", 7)
    const { store } = held.desk.services
    const { plan } = await findRow(held.desk, approval.id)
    const forged = JSON.stringify({ ...(JSON.parse(plan) as object), request: toRequest(107) })
    await store.db.updateTable("change").set({ plan: forged }).where("id", "=", approval.id).execute()
    const before = posts()
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 plan_changed")
    expect(posts()).toBe(before)
  })

  test("is refused when the world changed: the verdict of now is red", async () => {
    const first = await held.hold("nadia", 9)
    const other = await held.hold("ben", 10, { request: { ...toRequest(9), vpcId: toRequest(10).vpcId } })
    expect((await held.approve("vera", first)).status).toBe(200)
    const refused = await held.approve("vera", other)
    expect(readVerdict(refused)).toBe("422 preflight_refused")
    expect(readProblem(refused).preflight?.verdict.status).toBe("red")
    const { approval, check } = await held.read(other.id)
    expect([approval.state, check?.holds]).toEqual(["waiting", false])
  })

  test("is approved once when two people do so at once, and the other gets the name of the first", async () => {
    const approval = await held.hold("nadia", 11)
    const before = posts()
    const answers = await Promise.all([held.approve("ben", approval), held.approve("vera", approval)])
    const lost = answers.filter(({ status }) => status !== 200)
    expect(lost.map(readVerdict)).toEqual(["409 approval_closed"])
    const { decidedBy } = (await held.read(approval.id)).approval
    expect(readProblem(lost[0]!).detail).toBe(`${decidedBy} approved it.`)
    expect(posts()).toBe(before + 1)
  })

  test("shows what Atlas answered when it refuses the approved plan", async () => {
    const approval = await held.hold("nadia", 12)
    const fault = { status: 402 }
    held.desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault, times: 1 })
    const answer = detailOf(await held.approve("ben", approval))
    expect(answer.approval).toMatchObject({ state: "failed", problem: { code: "atlas_refused" } })
    expect(readVerdict(await held.ask("nadia", 12))).toBe("409 approval_closed")
  })
})

describe("a waiting request", () => {
  test("is declined with a reason, which the requester gets", async () => {
    const approval = await held.hold("nadia", 20)
    const body = { reason: "Use the shared VPC." }
    const answer = await held.call("ben", "POST", approvalUrls.declineApproval(approval.id), { body })
    expect(detailOf(answer).approval).toMatchObject({ state: "declined", declineReason: body.reason })
    expect(readVerdict(await held.approve("vera", approval))).toBe("409 approval_closed")
    const again = readProblem(await held.ask("nadia", 20))
    const detail: unknown = expect.stringContaining(`declined it: ${body.reason} Send it`)
    expect(again).toMatchObject({ code: "approval_closed", detail })
    expect((await held.rows("approval-declined")).at(-1)).toMatchObject({ reason: body.reason })
  })

  test("is withdrawn by its requester alone", async () => {
    const approval = await held.hold("nadia", 21)
    const path = approvalUrls.withdrawApproval(approval.id)
    expect(readVerdict(await held.call("olivia", "POST", path))).toBe("403 forbidden")
    expect(detailOf(await held.call("nadia", "POST", path)).approval.state).toBe("withdrawn")
    expect(readVerdict(await held.call("nadia", "POST", path))).toBe("409 approval_closed")
    expect((await held.rows("approval-withdrawn")).at(-1)).toMatchObject({ actor: { subject: "nadia" } })
  })

  test("comes from an API token too, and names it", async () => {
    const secret = await held.makeToken("nadia")
    const answer = await callByToken(held.desk, secret, "POST", apiUrls.peerings(projectId), {
      headers: { "idempotency-key": toKey(22) },
      body: { request: toRequest(22), reason: "Nightly" },
    })
    expect(answer.status).toBe(202)
    const { approvals } = ApprovalList.parse((await held.call("ben", "GET", approvalUrls.approvals())).json())
    const nightly = approvals.find(({ reason }) => reason === "Nightly")
    expect(nightly).toMatchObject({ requestedBy: { token: expect.stringMatching(/^script/) } })
    await held.approve("ben", nightly!)
    expect((await held.rows("peering-create")).at(-1)).toMatchObject({
      detail: { byToken: expect.stringMatching(/^script/), approvedBy: "ben example" },
    })
  })

  test("is hidden from people who may not see its project", async () => {
    const approval = await held.hold("nadia", 23)
    held.desk.services.ruleBook.replace({ rules: approvalRules.rules.slice(0, 2) })
    expect(readVerdict(await held.call("victor", "GET", approvalUrls.approval(approval.id)))).toBe(
      "404 not_found",
    )
    const { approvals } = ApprovalList.parse(
      (await held.call("victor", "GET", approvalUrls.approvals())).json(),
    )
    expect(approvals).toEqual([])
    held.desk.services.ruleBook.replace(approvalRules)
  })
})

describe("a change that another person has to approve", () => {
  const change = (person: "nadia" | "ben", id: string, cidr: string) =>
    held.call(person, "PATCH", apiUrls.peering(projectId, id), {
      body: { reason: "The VPC has grown", change: { routeTableCidrBlock: cidr } },
    })

  test("sends the approved body, and one request for the same body waits once", async () => {
    const id = await create(40)
    const answers = [await change("nadia", id, "10.140.0.0/16"), await change("nadia", id, "10.140.0.0/16")]
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    const [first, second] = answers.map((answer) =>
      detailOf({ json: () => ({ ...(answer.json() as object), check: null }) }),
    )
    expect(second?.approval.id).toBe(first?.approval.id)
    expect(first?.approval.plan).toMatchObject({
      body: { providerName: "AWS", routeTableCidrBlock: "10.140.0.0/16" },
      target: { routeTableCidrBlock: "10.40.0.0/16", isAvailable: false },
    })
    const done = detailOf(await held.approve("ben", first!.approval)).approval
    expect(done).toMatchObject({ state: "done", peeringId: id })
    expect((await held.rows("peering-change")).at(-1)).toMatchObject({
      actor: { subject: "nadia" },
      outcome: "done",
      detail: { approvedBy: "ben example", planHash: done.planHash },
      after: { routeTableCidrBlock: "10.140.0.0/16" },
    })
  })

  test("is refused when the connection differs from what was requested", async () => {
    const id = await create(41)
    const { approval } = (await change("nadia", id, "10.141.0.0/16")).json() as ApprovalDetail
    held.desk.simulator.cloudSide(id, "accept")
    held.desk.simulator.advance(60)
    held.desk.clock.advance(3_000)
    const refused = readProblem(await held.approve("ben", approval))
    expect(refused).toMatchObject({
      code: "plan_changed",
      detail: expect.stringContaining("isAvailable was false"),
    })
    expect((await held.read(approval.id)).check).toMatchObject({
      holds: false,
      target: { isThere: true, differences: [{ field: "isAvailable", was: false, is: true }] },
    })
    expect(held.desk.asked("PATCH", `/peers/${id}`)).toBe(0)
  })
})

describe("a deletion that another person has to approve", () => {
  const remove = (id: string, number: number) =>
    held.call("nadia", "DELETE", apiUrls.peering(projectId, id), {
      body: { reason: "No longer used", name: toRequest(number).vpcId },
    })

  test("takes an administrator by this policy, who then deletes it in the requester's name", async () => {
    const id = await create(50)
    const { approval } = (await remove(id, 50)).json() as ApprovalDetail
    expect(approval.needs).toBe("administrator")
    expect(readVerdict(await held.approve("ben", approval))).toBe("403 forbidden")
    expect(detailOf(await held.approve("vera", approval)).approval.state).toBe("done")
    expect((await held.rows("peering-delete")).at(-1)).toMatchObject({
      actor: { subject: "nadia" },
      outcome: "done",
      detail: { approvedBy: "vera example" },
    })
    expect(held.desk.asked("DELETE", `/peers/${id}`)).toBe(1)
  })

  test("is refused when the connection is gone", async () => {
    const id = await create(51)
    const { approval } = (await remove(id, 51)).json() as ApprovalDetail
    held.desk.services.approvalPolicy.replace(null)
    await remove(id, 51)
    held.desk.simulator.advance(60)
    held.desk.clock.advance(3_000)
    held.desk.services.approvalPolicy.replace(approvalPolicy)
    expect(readProblem(await held.approve("vera", approval))).toMatchObject({ code: "plan_changed" })
  })

  test("is one request together with the create that follows it", async () => {
    const id = await create(52)
    held.desk.simulator.cloudSide(id, "reject")
    held.desk.clock.advance(3_000)
    const again = () =>
      held.call("nadia", "POST", apiUrls.requestAgain(projectId, id), {
        headers: { "idempotency-key": toKey(152) },
        body: { reason: "The owner agrees now", name: toRequest(52).vpcId },
      })
    const { approval } = (await again()).json() as ApprovalDetail
    expect(approval).toMatchObject({
      needs: "administrator",
      plan: { kind: "request-again", request: toRequest(52) },
    })
    const before = posts()
    const answer = held.approve("vera", approval)
    await held.desk.clock.untilWaiting(2_000)
    held.desk.simulator.advance(60)
    held.desk.clock.advance(2_000)
    expect(detailOf(await answer).approval).toMatchObject({ state: "done" })
    expect([held.desk.asked("DELETE", `/peers/${id}`), posts()]).toEqual([1, before + 1])
  })
})

describe("the policy", () => {
  test("tells each person in the project list what needs approval", async () => {
    const read = async (person: "nadia" | "olivia") => {
      const { projects } = ProjectList.parse((await held.call(person, "GET", apiUrls.projects())).json())
      return projects.map(({ id, approvals }) => [id === projectId, approvals?.length])
    }
    expect(await read("nadia")).toEqual([[true, 9]])
    expect((await read("olivia")).filter(([, needs]) => needs !== undefined)).toEqual([[true, 9]])
  })

  test("is read and tried out by administrators of all projects", async () => {
    const example = { projectId, providerName: "GCP", action: "delete", asker: "requester" }
    const test = (person: "olivia" | "vera") =>
      held.call(person, "POST", approvalUrls.testApprovalPolicy(), { body: example })
    expect((await test("olivia")).json()).toEqual({ line: 1, needs: "administrator" })
    expect(readVerdict(await test("vera"))).toBe("403 forbidden")
    expect((await held.call("olivia", "GET", approvalUrls.approvalPolicy())).json()).toEqual({
      policy: approvalPolicy,
    })
  })

  test("sends a create at once when there is none", async () => {
    const { services } = held.desk
    services.approvalPolicy.replace(null)
    expect((await held.ask("nadia", 60)).status).toBe(201)
    services.approvalPolicy.replace(approvalPolicy)
    expect((await held.ask("nadia", 61)).status).toBe(202)
  })

  test("lets a request expire", async () => {
    const approval = await held.hold("nadia", 70)
    await held.desk.services.store.db
      .updateTable("change")
      .set({ expires_at: held.desk.clock.now() })
      .where("id", "=", approval.id)
      .execute()
    const refused = readProblem(await held.approve("ben", approval))
    expect(refused).toMatchObject({ code: "approval_closed", detail: "It expired before anybody decided." })
    expect(await held.read(approval.id)).toMatchObject({
      approval: { state: "expired", may: { withdraw: false } },
      check: null,
    })
  })
})
