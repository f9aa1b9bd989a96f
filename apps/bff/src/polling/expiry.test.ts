import { seededIds } from "@peering-desk/atlas-simulator"
import { toInventoryPeering } from "@peering-desk/peering-rules"
import { apiUrls, ConnectionPage, Peering, PeeringList, readObjectIdTime } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const dayMs = 24 * 60 * 60_000
const weekMs = 7 * dayMs
const toEnd = (since: string | null) => new Date(Date.parse(since ?? "") + weekMs).toISOString()
const listWaiting = async (at: TestApp) =>
  PeeringList.parse((await at.call("GET", apiUrls.peerings(seededIds.payments))).json()).peerings.filter(
    ({ peer }) => peer.providerName === "AWS" && peer.statusName === "PENDING_ACCEPTANCE",
  )
const listShown = async (project: string) => {
  const list = await desk.call("GET", apiUrls.connections({ project, limit: "500" }))
  return ConnectionPage.parse(list.json()).rows.map(({ peering }) => peering)
}

test("a waiting AWS request found in Atlas expires between its id's time and its first poll, plus 7 days", async () => {
  const waiting = await listWaiting(desk)
  const peerings = await listShown(seededIds.payments)
  expect(waiting.length).toBeGreaterThan(1)
  for (const { id, firstSeenAt, ...peering } of waiting) {
    const idTime = readObjectIdTime(id)
    const bounds = {
      createdEarliest: idTime,
      expiresEarliest: toEnd(idTime),
      expiresLatest: toEnd(firstSeenAt),
    }
    expect(peering).toMatchObject(bounds)
    expect(peerings.find((one) => one.id === id)).toMatchObject(bounds)
    // The simulated AWS drops it 7 days after it was requested.
    const { next } = desk.simulator
      .state()
      .projects.flatMap(({ peers }) => peers)
      .find((one) => one.id === id)!
    expect(Date.parse(next?.at ?? "")).toBeGreaterThanOrEqual(Date.parse(bounds.expiresEarliest))
    expect(Date.parse(next?.at ?? "")).toBeLessThanOrEqual(Date.parse(bounds.expiresLatest))
  }
  const beside = await startTestApp({ beside: desk })
  beside.clock.advance(10 * 60_000)
  for (const { id, expiresEarliest, expiresLatest } of await listWaiting(beside))
    expect(waiting.find((one) => one.id === id)).toMatchObject({ expiresEarliest, expiresLatest })
  await beside.close()
})

test("a request created here expires 7 days after it was seen waiting, within minutes, and nothing else expires", async () => {
  const { id, ...created } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
  expect(created).not.toHaveProperty("expiresLatest")
  desk.simulator.advance(60)
  desk.clock.advance(60_000)
  const read = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())
  const { expiresEarliest = "", expiresLatest = "", history } = await read()
  expect(expiresLatest).toBe(toEnd(history.at(-1)?.at ?? null))
  expect(Date.parse(expiresLatest) - Date.parse(expiresEarliest)).toBeLessThanOrEqual(61_000)
  desk.simulator.cloudSide(id, "accept")
  desk.clock.advance(5_000)
  expect(await read()).not.toHaveProperty("expiresLatest")
})

test("an AWS connection whose VPC is edited 30 days later has the same deadline in the list of its project and of all", async () => {
  const { payments } = seededIds
  const { peerings } = PeeringList.parse((await desk.call("GET", apiUrls.peerings(payments))).json())
  const isOld = (id: string) => Date.parse(readObjectIdTime(id) ?? "") < desk.clock.now() - 30 * dayMs
  const { id } = peerings.find(
    ({ id: one, peer }) => peer.providerName === "AWS" && peer.statusName === "AVAILABLE" && isOld(one),
  )!
  const edit = { change: { vpcId: "vpc-0123456789abcdef0" }, reason: "Moved" }
  expect((await desk.call("PATCH", apiUrls.peering(payments, id), { body: edit })).status).toBe(200)
  desk.simulator.advance(60)
  desk.clock.advance(60_000)
  const listed = Peering.parse((await desk.call("GET", apiUrls.peering(payments, id))).json())
  expect(listed.history.at(-1)?.status).toBe("PENDING_ACCEPTANCE")
  expect(Date.parse(listed.expiresEarliest ?? "")).toBeGreaterThan(desk.clock.now() + weekMs - 2 * 60_000)
  const inventoried = (await listShown(payments)).find((one) => one.id === id)
  expect(inventoried).toEqual(toInventoryPeering(listed))
  expect(inventoried).toMatchObject({ statusSinceSeen: true, expiresEarliest: listed.expiresEarliest })
})
