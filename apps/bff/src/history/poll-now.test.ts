import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
let id: string
const press = () => desk.call("POST", apiUrls.pollNow(projectId, id))
beforeEach(async () => {
  desk = await startTestApp()
  ;({ id } = Peering.parse((await desk.create(projectId, requests.AWS)).json()))
  desk.simulator.advance(20)
  desk.clock.advance(20_000)
  await desk.call("GET", apiUrls.peerings(projectId))
})
afterEach(() => desk.close())

test("POST poll-now polls at once, and at most once in three seconds", async () => {
  desk.simulator.cloudSide(id, "accept")
  desk.clock.advance(3_000)
  const before = desk.asked("GET", "/peers")
  const answers = await Promise.all(Array.from({ length: 10 }, press))
  for (const answer of answers) expect(answer.json()).toMatchObject({ peer: { statusName: "FINALIZING" } })
  // Those of the other clouds are young enough.
  expect(desk.asked("GET", "/peers") - before).toBe(1)
})

test("POST poll-now refuses with the reason when Atlas can't be read, and does not call the known status checked", async () => {
  desk.clock.advance(3_000)
  desk.simulator.addFault({ match: { method: "GET" }, fault: { status: 503 } })
  const answer = await press()
  expect(readVerdict(answer)).toBe("502 atlas_failed")
})

test("POST poll-now polls again after a list that was under way, which may have left before the change", async () => {
  desk.clock.advance(3_000)
  const before = desk.asked("GET", "/peers")
  const match = { method: "GET", path: "/peers?providerName=AWS" }
  desk.simulator.addFault({ match, fault: { delayMs: 300 }, times: 1 })
  const first = press()
  await expect.poll(() => desk.simulator.faults()).toEqual([])
  desk.clock.advance(3_000)
  await Promise.all([first, press(), press()])
  // Two lists of AWS. The other clouds were listed six seconds ago, and are listed once more.
  expect(desk.asked("GET", "/peers") - before).toBe(4)
})
