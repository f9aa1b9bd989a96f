import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { usualTiming } from "#changes/engine/look-up-timing.ts"
import { passLookUps } from "#test/support/changes.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const key = "a-key-made-once-per-form"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

test.each([
  ["edited", (id: string) => edit(id), 200],
  ["deleted", (id: string) => remove(id), 202],
  ["edited by another tool", (id: string) => actAsTerraform("PATCH", id), 200],
  ["deleted by another tool", (id: string) => actAsTerraform("DELETE", id), 200],
])(
  "a create whose answer was lost is called done when its connection was %s before a look-up found it",
  async (_, change, status) => {
    const next = { match: { method: "GET", path: "/peers" }, fault: { status: 500 } }
    desk.simulator.addFault({
      match: { method: "POST", path: "/peers" },
      fault: { cut: "after" },
      times: 1,
      next,
    })
    expect(readVerdict(await passLookUps(desk, desk.create(projectId, requests.AWS)))).toBe(
      "504 outcome_unknown",
    )
    desk.simulator.clearFaults()
    desk.simulator.advance(60)
    desk.clock.advance(60_000)
    const list = async () => (await desk.call("GET", apiUrls.peerings(projectId))).json()
    await expect.poll(async () => PeeringList.parse(await list()).peerings).toHaveLength(1)
    const [{ id } = { id: "" }] = PeeringList.parse(await list()).peerings
    expect((await change(id)).status).toBe(status)
    desk.simulator.advance(600)
    const { changeLookUps, changeRows } = desk.services
    const find = () => changeRows.findByKey(projectId, key)
    changeLookUps.start()
    for (let second = 0; second < 60 && (await find())?.state === "unknown"; second += 1) {
      await desk.clock.untilWaiting(usualTiming.lookEveryMs)
      desk.clock.advance(1_000)
    }
    expect(await find()).toMatchObject({ state: "done", peeringId: id })
  },
)

test("a create whose answer was lost returns its connection also when the regular look finds it first", async () => {
  const next = { match: { method: "GET", path: "/peers" }, fault: { status: 403 }, times: 1 }
  desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" }, times: 1, next })
  const answer = desk.create(projectId, requests.AWS)
  const { changeLookUps, changeRows, pollers } = desk.services
  // The first look of the person who waits fails.
  await expect.poll(() => pollers.of(projectId, "AWS").failure).not.toBeNull()
  changeLookUps.start()
  await expect.poll(async () => (await changeRows.findByKey(projectId, key))?.state).toBe("done")
  const { status, json } = await passLookUps(desk, answer)
  expect(status).toBe(201)
  expect(Peering.parse(json()).id).toBe((await changeRows.findByKey(projectId, key))?.peeringId)
  expect(desk.asked("POST", "/peers")).toBe(1)
})

const change = { vpcId: "vpc-0fedcba9876543210" }

function actAsTerraform(method: "PATCH" | "DELETE", id: string) {
  const body = { ...requests.AWS, ...change }
  desk.simulator.actAs({ publicKey: "simterra", projectId, method, path: `peers/${id}`, body })
  return Promise.resolve({ status: 200 })
}

function edit(id: string) {
  return desk.call("PATCH", apiUrls.peering(projectId, id), { body: { reason: "The wrong VPC", change } })
}

function remove(id: string) {
  const body = { reason: "Orders moved away", name: requests.AWS.vpcId }
  return desk.call("DELETE", apiUrls.peering(projectId, id), { body })
}
