import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { listAuditRows, reason, summariseRows } from "#test/support/changes.ts"

const { emptySandbox, payments, peeringOnly } = seededIds

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

test.each([
  [payments, false],
  [peeringOnly, true],
])("GET …/private-ip-mode returns the mode to every viewer of the project", async (projectId, enabled) => {
  const cookie = await desk.signIn("victor")
  const answer = await desk.call("GET", apiUrls.privateIpMode(projectId), { headers: { cookie } })
  expect([answer.status, answer.json()]).toEqual([200, { enabled }])
})

test("PATCH …/private-ip-mode refuses a mode that is not a boolean", async () => {
  desk.simulator.addFault({
    match: { path: "/privateIpMode" },
    fault: { status: 200, body: { enabled: "maybe" } },
  })
  expect(readVerdict(await desk.call("GET", apiUrls.privateIpMode(payments)))).toBe("502 atlas_unreadable")
})

const switchTo = (projectId: string, enabled: boolean, headers = {}) =>
  desk.call("PATCH", apiUrls.privateIpMode(projectId), { body: { enabled, reason }, headers })

test("PATCH …/private-ip-mode switches it off for administrators and records the old mode [F1]", async () => {
  const answer = await switchTo(peeringOnly, false)
  expect([answer.status, answer.json()]).toEqual([200, { enabled: false }])
  expect((await desk.call("GET", apiUrls.privateIpMode(peeringOnly))).json()).toEqual({ enabled: false })
  const [attempt, done] = await listAuditRows(desk, "private-ip-mode-change")
  expect(attempt).toMatchObject({ reason, projectId: peeringOnly, before: { enabled: true } })
  expect(done).toMatchObject({ outcome: "done", answerCode: "200", after: { enabled: false } })
})

test.each(["nadia", "victor"])("PATCH …/private-ip-mode answers 403 for %s", async (persona) => {
  const cookie = await desk.signIn(persona)
  expect(readVerdict(await switchTo(payments, false, { cookie }))).toBe("403 forbidden")
  expect(desk.simulator.calls().total.requests).toBe(0)
})

test.each([
  ["v1.0", payments, "CANNOT_UPDATE_PRIVATE_IP_MODE", "no dedicated cluster"],
  ["2023-01-01", emptySandbox, "UNSUPPORTED_FOR_PRIVATE_IP_MODE", "no longer allows"],
])(
  "PATCH …/private-ip-mode explains a refusal of Atlas's API %s",
  async (version, projectId, errorCode, words) => {
    await desk.close()
    desk = await startTestApp({ environment: { ATLAS_API_VERSION: version } })
    const answer = await switchTo(projectId, true)
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    expect(readProblem(answer)).toMatchObject({
      atlas: { errorCode },
      detail: expect.stringContaining(words),
    })
  },
)

test("PATCH …/private-ip-mode looks up a lost answer and sends once", async () => {
  desk.simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "after" } })
  expect((await switchTo(peeringOnly, false)).json()).toEqual({ enabled: false })
  expect(desk.asked("PATCH", "/privateIpMode")).toBe(1)
  expect(summariseRows(await listAuditRows(desk, "private-ip-mode-change"))).toEqual([
    "attempt",
    "unknown",
    "done",
  ])
})
