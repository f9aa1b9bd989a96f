import { apiUrls, ApprovalDetail, HeldForApproval, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { approvalPolicy, openApprovalDesk, toRequest, type ApprovalDesk } from "#test/support/approvals.ts"
import { passLookUps } from "#test/support/changes.ts"
import { projectId } from "#test/support/requests.ts"

const grown = "10.99.0.0/16"
const lookEveryMs = 4_000
let held: ApprovalDesk
let id: string
beforeEach(async () => {
  held = await openApprovalDesk()
  held.desk.services.approvalPolicy.replace(null)
  ;({ id } = Peering.parse((await held.ask("nadia", 1)).json()))
  held.desk.simulator.advance(60)
  held.desk.clock.advance(3_000)
  held.desk.services.approvalPolicy.replace(approvalPolicy)
  held.desk.services.changeLookUps.start()
})
afterEach(() => held.desk.close())

/** Has an edit approved, whose answer is lost. Returns the request as the approver gets it. */
async function loseApproved(change: object, cut: "before" | "after"): Promise<ApprovalDetail> {
  const body = { reason: "The VPC has grown", ...change }
  const answer = await held.call("nadia", "PATCH", apiUrls.peering(projectId, id), { body })
  const { approval } = HeldForApproval.parse(answer.json())
  held.desk.simulator.addFault({ match: { method: "PATCH" }, fault: { cut }, times: 1 })
  // Atlas answers no list meanwhile, so the edit can't be seen at once.
  held.desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 } })
  const approved = await passLookUps(held.desk, held.approve("ben", approval))
  held.desk.simulator.clearFaults()
  return ApprovalDetail.parse(approved.json())
}

async function passUntilKnown(approvalId: string): Promise<ApprovalDetail["approval"]> {
  for (let look = 0; look < 20; look += 1) {
    const { approval } = await held.read(approvalId)
    if (approval.state !== "unknown") return approval
    await held.desk.clock.untilWaiting(lookEveryMs)
    held.desk.clock.advance(lookEveryMs)
  }
  throw new Error("its outcome is still unknown")
}

describe("an approved edit whose answer was lost", () => {
  test("is shown as unknown, then as done once Atlas's list shows it", async () => {
    const { approval } = await loseApproved({ change: { routeTableCidrBlock: grown } }, "after")
    expect(approval).toMatchObject({ state: "unknown", problem: { code: "outcome_unknown" } })
    expect(await passUntilKnown(approval.id)).toMatchObject({ state: "done", problem: null, peeringId: id })
    expect(held.desk.asked("PATCH", `/peers/${id}`)).toBe(1)
  })

  test("is shown as unknown, then as failed once Atlas's lists prove that it changed nothing", async () => {
    const { approval } = await loseApproved({ change: { routeTableCidrBlock: grown } }, "before")
    expect(approval).toMatchObject({ state: "unknown" })
    expect(await passUntilKnown(approval.id)).toMatchObject({
      state: "failed",
      problem: { code: "outcome_unknown" },
    })
    expect((await held.rows("peering-change")).map(({ outcome }) => outcome)).toEqual([
      null,
      "unknown",
      "failed",
    ])
  })

  test("is not called done by a restart that changes no value and that no list shows", async () => {
    const { routeTableCidrBlock } = toRequest(1)
    const restart = { change: { routeTableCidrBlock }, startAnew: true }
    const { approval } = await loseApproved(restart, "before")
    expect(approval).toMatchObject({ state: "unknown" })
    expect(await passUntilKnown(approval.id)).toMatchObject({
      state: "failed",
      problem: { code: "outcome_unknown" },
    })
  })
})
