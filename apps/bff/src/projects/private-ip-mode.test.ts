import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openTestingDesk, type TestingDesk } from "#testing-desk.ts"
import { readVerdict } from "#testing-requests.ts"

const { payments, peeringOnly } = seededIds

let desk: TestingDesk
beforeEach(async () => {
  desk = await openTestingDesk()
})
afterEach(() => desk.close())

test.each([
  [payments, false],
  [peeringOnly, true],
])("whoever may view a project is told whether peering-only mode is on", async (projectId, enabled) => {
  const cookie = await desk.signIn("victor")
  const answer = await desk.call("GET", apiUrls.privateIpMode(projectId), { headers: { cookie } })
  expect([answer.status, answer.json()]).toEqual([200, { enabled }])
})

test("a mode that is no yes or no is not passed on", async () => {
  desk.simulator.addFault({
    match: { path: "/privateIpMode" },
    fault: { status: 200, body: { enabled: "maybe" } },
  })
  expect(readVerdict(await desk.call("GET", apiUrls.privateIpMode(payments)))).toBe("502 atlas_unreadable")
})
