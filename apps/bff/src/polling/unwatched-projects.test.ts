import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList, Timeline } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { resumePolling } from "./resume-polling.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const { analytics, payments } = seededIds
const minuteMs = 60_000

let app: TestApp
const later: TestApp[] = []
beforeEach(async () => {
  app = await startTestApp()
})
afterEach(async () => {
  for (const one of later.splice(0)) await one.close()
  await app.close()
})

/** Has the analytics project read as one of the others. */
async function readBeside(at: TestApp = app): Promise<void> {
  expect((await at.call("GET", apiUrls.addressSpace({ project: payments }))).status).toBe(200)
}

const polls = () => app.asked("GET", `/${analytics}/peers`)
const listed = (at: TestApp = app) => at.services.pollers.live.list(analytics).peerings

async function readTimeline(id: string): Promise<Timeline> {
  return Timeline.parse((await app.call("GET", apiUrls.timeline(analytics, id))).json())
}

function pass(ms: number): void {
  app.simulator.advance(ms / 1_000)
  app.clock.advance(ms)
}

test("a project that is only read beside another one is not polled in a loop", async () => {
  await readBeside()
  expect([polls(), listed().length > 0]).toEqual([3, true])
  pass(10 * minuteMs)
  await app.call("GET", apiUrls.peerings(payments))
  expect(polls()).toBe(3)
  await readBeside()
  expect(polls()).toBe(6)
})

test("a project that is only read beside another one is not polled after a restart", async () => {
  await readBeside()
  expect(await app.services.peeringStore.listProjects()).toEqual([payments])
  app.services.pollers.stop()
  const next = await startTestApp({ beside: app })
  later.push(next)
  await resumePolling(next.services)
  expect([polls(), listed(next)]).toEqual([3, []])
})

test("a project that is opened is polled in a loop from then on, without another poll for what is fresh", async () => {
  await readBeside()
  const list = PeeringList.parse((await app.call("GET", apiUrls.peerings(analytics))).json())
  expect([polls(), list.peerings]).toEqual([3, listed()])
  expect(await app.services.peeringStore.listProjects()).toEqual([analytics, payments].toSorted())
  pass(minuteMs)
  await expect.poll(polls).toBeGreaterThan(3)
})

test("polls beside another project are observations, and the time between them is a gap", async () => {
  const startedAt = app.clock.now()
  const at = (ms: number) => new Date(startedAt + ms).toISOString()
  await readBeside()
  const waiting = listed().find(
    ({ peer }) => peer.providerName === "GCP" && peer.status === "WAITING_FOR_USER",
  )
  const { id } = Peering.parse(waiting)
  app.simulator.cloudSide(id, "create-reciprocal")
  pass(10 * minuteMs)
  await readBeside()
  pass(minuteMs)
  await readBeside()
  const { observations, gaps } = await readTimeline(id)
  expect(observations.map((one) => [one.after, one.at, one.status])).toEqual([
    [null, at(0), "WAITING_FOR_USER"],
    [at(0), at(10 * minuteMs), "AVAILABLE"],
  ])
  expect(gaps).toEqual([{ from: at(0), until: at(10 * minuteMs), why: "not-watched", problem: null }])
  expect(
    listed()
      .find((one) => one.id === id)
      ?.history.map(({ status }) => status),
  ).toEqual(["WAITING_FOR_USER", "AVAILABLE"])
})
