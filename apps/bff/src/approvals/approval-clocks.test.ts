import { apiUrls, type ApprovalDetail } from "@peering-desk/shared-schemas"
import { afterEach, expect, test } from "vitest"
import { approvalPolicy, approvalRules, openApprovalDesk } from "#test/support/approvals.ts"
import { useDatabases } from "#test/support/database.ts"
import { projectId } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const createDatabase = useDatabases("postgres")
const opened: TestApp[] = []
afterEach(async () => {
  for (const desk of opened.splice(0).toReversed()) await desk.close()
})

test("a server whose clock is minutes ahead does not call an approved change failed that another is sending", async () => {
  const { databaseUrl = "" } = await createDatabase()
  const { desk, ask, call, approve, read } = await openApprovalDesk({
    environment: { DATABASE_URL: databaseUrl },
  })
  opened.push(desk)
  desk.services.approvalPolicy.replace(null)
  const { id } = (await ask("nadia", 1)).json() as { id: string }
  desk.services.approvalPolicy.replace(approvalPolicy)
  desk.simulator.advance(60)
  desk.clock.advance(3_000)
  const ahead = await startTestApp({ beside: desk, accessRules: approvalRules, clockAheadMs: 150_000 })
  opened.push(ahead)
  ahead.services.approvalPolicy.replace(approvalPolicy)
  const body = { reason: "The VPC has grown", change: { routeTableCidrBlock: "10.99.0.0/16" } }
  const answer = await call("nadia", "PATCH", apiUrls.peering(projectId, id), { body })
  const { approval } = answer.json() as ApprovalDetail
  desk.simulator.addFault({ match: { method: "PATCH", path: id }, fault: { delayMs: 3_000 }, times: 1 })
  const approving = approve("ben", approval)
  await expect.poll(() => desk.simulator.faults(), { timeout: 10_000 }).toEqual([])
  ahead.services.changeLookUps.start()
  await ahead.clock.untilWaiting(4_000)
  expect((await ahead.services.changeRows.find(approval.id))?.state).toBe("sent")
  await approving
  await expect.poll(async () => (await read(approval.id)).approval.state, { timeout: 10_000 }).toBe("done")
  expect(desk.asked("PATCH", `/peers/${id}`)).toBe(1)
})
