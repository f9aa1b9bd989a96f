import { apiUrls, ApprovalDetail, HeldForApproval } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { approvalPolicy, openApprovalDesk, toRequest, type ApprovalDesk } from "#test/support/approvals.ts"
import { passRemoval } from "#test/support/changes.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"

let held: ApprovalDesk
beforeAll(async () => {
  held = await openApprovalDesk()
})
afterAll(() => held.desk.close())

const detailOf = (answer: { json: () => unknown }) => ApprovalDetail.parse(answer.json())
const posts = () => held.desk.asked("POST", "/peers")

test("a create that replaces a failed connection is one request that needs the approval of the deletion too", async () => {
  const first = await held.hold("nadia", 71)
  const { peeringId } = detailOf(await held.approve("ben", first)).approval
  const id = peeringId ?? ""
  held.desk.simulator.advance(60)
  held.desk.simulator.cloudSide(id, "reject")
  held.desk.clock.advance(60_000)
  await held.call("nadia", "GET", apiUrls.peerings(projectId))

  const approval = await held.hold("nadia", 72, { replaces: id })
  expect(approval).toMatchObject({
    needs: "administrator",
    plan: { kind: "request-again", peeringId: id, request: toRequest(72) },
  })
  expect(await held.hold("nadia", 72, { replaces: id })).toMatchObject({ id: approval.id })
  expect(readVerdict(await held.approve("ben", approval))).toBe("403 forbidden")
  const before = posts()
  expect(held.desk.asked("DELETE", `/peers/${id}`)).toBe(0)
  const answering = held.approve("vera", approval)
  await held.desk.clock.untilWaiting(2_000)
  await passRemoval(held.desk)
  expect(detailOf(await answering).approval).toMatchObject({ state: "done" })
  expect([held.desk.asked("DELETE", `/peers/${id}`), posts()]).toEqual([1, before + 1])
})

test("a request to replace a failed connection no longer holds once somebody restarted it", async () => {
  const first = await held.hold("nadia", 73)
  const { peeringId } = detailOf(await held.approve("ben", first)).approval
  const id = peeringId ?? ""
  held.desk.simulator.advance(60)
  held.desk.simulator.cloudSide(id, "reject")
  held.desk.clock.advance(60_000)
  const approval = await held.hold("nadia", 74, { replaces: id })
  expect((await held.read(approval.id, "vera")).check).toMatchObject({ holds: true })

  const restart = { body: { reason: "Wrong click", change: { vpcId: toRequest(73).vpcId }, startAnew: true } }
  const asked = await held.call("nadia", "PATCH", apiUrls.peering(projectId, id), restart)
  await held.approve("ben", HeldForApproval.parse(asked.json()).approval)
  held.desk.simulator.advance(60)
  held.desk.clock.advance(60_000)
  expect((await held.read(approval.id, "vera")).check).toMatchObject({
    holds: false,
    target: { differences: [{ field: "isFailed", was: true, is: false }] },
  })
  expect(readVerdict(await held.approve("vera", approval))).toBe("409 plan_changed")
  expect(held.desk.asked("DELETE", `/peers/${id}`)).toBe(0)
})

test("a waiting deletion no longer holds while somebody else's deletion is carried out", async () => {
  const first = await held.hold("nadia", 75)
  const id = detailOf(await held.approve("ben", first)).approval.peeringId ?? ""
  const body = { reason: "No longer used", name: toRequest(75).vpcId }
  const asked = await held.call("nadia", "DELETE", apiUrls.peering(projectId, id), { body })
  const { approval } = HeldForApproval.parse(asked.json())
  expect((await held.read(approval.id, "vera")).check).toMatchObject({ holds: true })

  held.desk.services.approvalPolicy.replace(null)
  await held.call("olivia", "DELETE", apiUrls.peering(projectId, id), { body })
  held.desk.services.approvalPolicy.replace(approvalPolicy)
  expect((await held.read(approval.id, "vera")).check).toMatchObject({
    holds: false,
    target: { differences: [{ field: "isClosing", was: false, is: true }] },
  })
  const refused = await held.approve("vera", approval)
  expect(readVerdict(refused)).toBe("409 plan_changed")
  expect(readProblem(refused).detail).toBe("The connection is being deleted. Decline this request.")
})

test("a second edit of a connection is refused while the first waits, and names who requested it", async () => {
  const first = await held.hold("nadia", 76)
  const id = detailOf(await held.approve("ben", first)).approval.peeringId ?? ""
  const edit = (person: "nadia" | "ben", routeTableCidrBlock: string) =>
    held.call(person, "PATCH", apiUrls.peering(projectId, id), {
      body: { reason: "The VPC has grown", change: { routeTableCidrBlock } },
    })
  expect((await edit("nadia", "10.176.0.0/16")).status).toBe(202)
  const second = await edit("ben", "10.177.0.0/16")
  expect(readVerdict(second)).toBe("409 change_open")
  expect(readProblem(second).detail).toMatch(/^nadia example requested an edit of this connection at /)
  expect(readProblem(await edit("nadia", "10.178.0.0/16")).detail).toMatch(
    /^You requested an edit .* Withdraw/,
  )
})

test("a second create of the same networks is refused while the first waits, also under another key", async () => {
  await held.hold("nadia", 77)
  const second = await held.ask("ben", 78, { request: toRequest(77) })
  expect(readVerdict(second)).toBe("409 change_open")
  expect(readProblem(second).detail).toMatch(/^nadia example requested this connection at /)
})

test("two creates of a network with new containers in two regions wait beside each other", async () => {
  const ask = (number: number, regionName: string) =>
    held.ask("nadia", number, {
      request: { ...toRequest(79), containerId: "new", accepterRegionName: "us-east-1" },
      newContainer: { providerName: "AWS", atlasCidrBlock: `10.${number}.0.0/21`, regionName },
    })
  expect((await ask(180, "EU_WEST_1")).status).toBe(202)
  expect((await ask(181, "EU_CENTRAL_1")).status).toBe(202)
  expect(readVerdict(await ask(182, "EU_CENTRAL_1"))).toBe("409 change_open")
})
