import { apiUrls, AuditVerification, Peering, PeeringList, Timeline } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { dropHistory } from "#store/sweep.ts"
import { readEventRows } from "#test/support/audit-log.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
let id: string
beforeEach(async () => {
  desk = await startTestApp()
  id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
})
afterEach(() => desk.close())

/** Advances both clocks and polls. */
async function pass(ms: number): Promise<void> {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
  PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json())
}

const readTimeline = async () =>
  Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
const verify = async () => AuditVerification.parse((await desk.call("GET", apiUrls.verifyAudit({}))).json())
const readEvents = () => readEventRows(desk.services.store)

test("A timeline keeps statuses, times and acts when the data of findings is dropped, and the log is verified", async () => {
  await pass(20_000)
  await pass(400_000)
  const before = await readTimeline()
  await dropHistory(desk.services.store, desk.clock.now())
  const { observations, gaps, acts } = await readTimeline()
  expect(observations).toEqual(before.observations.map((one) => ({ ...one, raw: null })))
  expect(before.observations.map(({ raw }) => raw?.["statusName"])).toContain("PENDING_ACCEPTANCE")
  expect(gaps).toEqual(before.gaps.map((gap) => ({ ...gap, why: "not-watched", problem: null })))
  expect(acts).toEqual(before.acts)
  expect(acts.map(({ reason }) => reason)).toContain("Orders move to Atlas")
  expect((await verify()).verdict).toBe("verified")
  const [peering] = PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
  expect(peering?.history.map(({ status }) => status)).toEqual(["INITIATING", "PENDING_ACCEPTANCE"])
})

test("The data of newer findings and of everything that people did is kept", async () => {
  const begin = desk.clock.now()
  await pass(20_000)
  await dropHistory(desk.services.store, begin + 20_000)
  const dropped = (await readEvents()).filter(({ data }) => data === null)
  expect(new Set(dropped.map(({ phase }) => phase))).toEqual(new Set(["finding"]))
  expect(dropped.every(({ at, salt }) => at < begin + 20_000 && salt === null)).toBe(true)
  const kept = (await readEvents()).filter(({ phase, at }) => phase === "finding" && at === begin + 20_000)
  expect(kept.map(({ data }) => data === null)).toEqual([false])
})

test("A poll that finds nothing adds no event and no step", async () => {
  await pass(20_000)
  const readHead = () => desk.services.store.db.selectFrom("head").selectAll().executeTakeFirstOrThrow()
  const [head, events] = [await readHead(), await readEvents()]
  await pass(60_000)
  await pass(60_000)
  expect(await readHead()).toEqual(head)
  expect(await readEvents()).toEqual(events)
})

test("Polling that resumes after 90 seconds adds one event for each cloud that has a connection", async () => {
  await pass(20_000)
  const before = (await readEvents()).length
  await pass(91_000)
  const added = (await readEvents()).slice(before)
  expect(added).toMatchObject([
    { phase: "finding", kind: "polling-gap", project_id: projectId, provider_name: "AWS", peering_id: null },
  ])
  expect(added.map(({ at, after_at: after }) => at - (after ?? 0))).toEqual([91_000])
})
