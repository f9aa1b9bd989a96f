import { createSimulator, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, providerNames, type ProviderName, type Watch } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
let startedAt: number
beforeEach(async () => {
  desk = await startTestApp()
  startedAt = desk.clock.now()
})
afterEach(() => desk.close())

const minuteMs = 60_000
/** One cloud moves, and two quiet ones take their calls from it: 30 a minute in all. */
const movingMs = 2_143
const afterStart = (ms: number) => new Date(startedAt + ms).toISOString()
const lists = () => desk.asked("GET", "/peers")

type ProjectStream = EventReader & { project: string }

async function watchProject(id: string = projectId): Promise<ProjectStream> {
  const stream = await desk.stream([id])
  for (const _ of providerNames) await stream.next("watch")
  return { ...stream, project: id }
}

/** Advances the clock to the next poll of a cloud, and waits until the stream has told all that it changed. */
async function pass(stream: ProjectStream, ms: number, cloud: ProviderName = "AWS"): Promise<Watch | null> {
  const { live } = desk.services.pollers
  const watch = () => live.watchOf(stream.project, cloud)
  const before = watch()
  desk.clock.advance(ms)
  await expect.poll(watch, { interval: 1 }).not.toBe(before)
  const isTold = () => stream.lastEventId().endsWith(`.${live.epoch}.${live.sequence}`)
  await expect.poll(isTold, { interval: 1 }).toBe(true)
  return watch()
}

async function create(cloud: ProviderName): Promise<string> {
  return Peering.parse(
    (await desk.create(projectId, requests[cloud], `a-key-for-the-form-of-${cloud}`)).json(),
  ).id
}

/** Lists when the next polls are due, without the timers of streams and sessions. */
const nextPolls = () => desk.clock.waiting().filter((delayMs) => ![1_000, 10_000, 15_000].includes(delayMs))

const sent = (stream: EventReader, name: string) => stream.messages.filter(({ event }) => event === name)

describe("polling", () => {
  test("costs one call a cloud for 20 viewers", async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => desk.stream([projectId])))
    for (const stream of streams) await stream.next("snapshot")
    for (let minute = 1; minute <= 6; minute += 1) {
      await expect.poll(nextPolls).toEqual([minuteMs, minuteMs, minuteMs])
      expect(lists()).toBe(minute * 3)
      desk.clock.advance(minuteMs)
    }
  })

  test("does not happen without viewers and peerings", async () => {
    await desk.call("GET", apiUrls.peerings(projectId))
    expect(lists()).toBe(3)
    expect(desk.clock.waiting()).toEqual([])
  })

  test("continues slowly without viewers while Atlas works", async () => {
    await create("AZURE")
    const before = lists()
    expect(desk.clock.waiting()).toEqual([10_000])
    desk.simulator.advance(60)
    desk.clock.advance(10_000)
    await desk.clock.untilWaiting(minuteMs)
    const { history } = Peering.parse(
      (await desk.call("GET", apiUrls.peering(projectId, await idOf("AZURE")))).json(),
    )
    expect(history.map(({ status }) => status)).toEqual(["ADDING_PEER", "AVAILABLE"])
    expect(lists()).toBeGreaterThan(before)
    expect(desk.clock.waiting()).toEqual([minuteMs])
  })

  test("continues once a minute without viewers, so a failure after AVAILABLE is noticed", async () => {
    const id = await create("AZURE")
    desk.simulator.advance(60)
    desk.clock.advance(10_000)
    await expect.poll(() => desk.clock.waiting()).toEqual([minuteMs])
    desk.simulator.cloudSide(id, "revoke-permission")
    desk.clock.advance(minuteMs)
    await expect
      .poll(() => desk.services.pollers.live.find(projectId, id)?.history.map(({ status }) => status))
      .toEqual(["ADDING_PEER", "AVAILABLE", "FAILED"])
  })

  test("ends for a removed project without viewers", async () => {
    await create("AZURE")
    desk.simulator.addFault({
      match: { method: "GET", path: "/peers" },
      fault: { status: 404, body: { error: 404, errorCode: "GROUP_NOT_FOUND" } },
    })
    desk.clock.advance(10_000)
    await expect
      .poll(() => desk.services.pollers.of(projectId, "AZURE").failure?.code)
      .toBe("project_not_found")
    expect(desk.clock.waiting()).toEqual([])
  })

  test("follows the interval of the present status", async () => {
    const stream = await watchProject()
    expect(nextPolls()).toEqual([minuteMs, minuteMs, minuteMs])
    const id = await create("AWS")
    expect(nextPolls()).toEqual([movingMs, minuteMs, minuteMs])

    desk.simulator.advance(20)
    await pass(stream, movingMs)
    expect(nextPolls()).toEqual([5_000, minuteMs, minuteMs])
    for (let ms = 0; ms < 10 * minuteMs; ms += 5_000) await pass(stream, 5_000)
    expect(nextPolls()[0]).toBe(30_000)

    desk.simulator.cloudSide(id, "accept")
    await pass(stream, 30_000)
    expect(nextPolls()[0]).toBe(movingMs)
    desk.simulator.advance(30)
    await pass(stream, movingMs)
    expect(nextPolls()).toEqual([minuteMs, minuteMs, minuteMs])
  })

  test("goes on at its pace when the clock is set back an hour", async () => {
    await watchProject()
    desk.clock.step(-60 * minuteMs)
    for (let minute = 1; minute <= 3; minute += 1) {
      await expect.poll(nextPolls).toEqual([minuteMs, minuteMs, minuteMs])
      expect(lists()).toBe(minute * 3)
      desk.clock.advance(minuteMs)
    }
  })

  test("shares a project's calls among the clouds in which Atlas works", async () => {
    const stream = await watchProject()
    for (const cloud of providerNames) await create(cloud)
    for (const cloud of providerNames) await pass(stream, 4_000, cloud)
    await pass(stream, 4_000, "AZURE")
    expect(nextPolls()).toEqual([4_000, 4_000, 4_000])
  })

  test("starts again for the next viewer", async () => {
    const first = await watchProject()
    first.close()
    await expect.poll(nextPolls).toEqual([])
    desk.clock.advance(10 * minuteMs)
    expect(lists()).toBe(3)
    await watchProject()
    expect(lists()).toBe(6)
  })
})

describe("a stream of polled peerings", () => {
  test("sends a changed peering once, and an unchanged one not at all", async () => {
    const stream = await watchProject()
    await create("AWS")
    await stream.next("peering")
    await pass(stream, movingMs)
    await pass(stream, movingMs)
    expect(sent(stream, "peering")).toHaveLength(1)
    desk.simulator.advance(20)
    await pass(stream, movingMs)
    await pass(stream, 5_000)
    expect(sent(stream, "peering")).toHaveLength(2)
    const changed = await stream.next("peering")
    expect(changed.history).toEqual([
      { status: "INITIATING", at: afterStart(0) },
      { status: "PENDING_ACCEPTANCE", at: afterStart(3 * movingMs) },
    ])
    expect(changed.raw["connectionId"]).toMatch(/^pcx-/)
  })

  test("sends gone once for a peering that Atlas no longer lists", async () => {
    const stream = await watchProject(seededIds.payments)
    const { id } = await stream.next("peering", ({ history }) => history[0]?.status === "TERMINATING")
    desk.simulator.advance(600)
    await pass(stream, 4_000)
    await stream.next("gone", (gone) => gone.id === id)
    await pass(stream, minuteMs)
    expect(sent(stream, "gone").filter(({ data }) => "id" in data && data.id === id)).toHaveLength(1)
  })

  test("keeps a peering that was just created as long as Atlas has it by id, although no list shows it", async () => {
    const stream = await watchProject()
    const id = await create("AWS")
    desk.simulator.addFault({
      match: { method: "GET", path: "providerName=AWS" },
      fault: { status: 200, body: { links: [], results: [], totalCount: 0 } },
    })
    for (let polls = 0; polls < 30; polls += 1) await pass(stream, movingMs)
    expect(sent(stream, "gone")).toEqual([])
    desk.simulator.reset()
    await pass(stream, movingMs)
    expect(await stream.next("gone")).toEqual({ projectId, id, at: afterStart(31 * movingMs) })
  })

  test("sends FAILED of a peering that was AVAILABLE [B1]", async () => {
    const stream = await watchProject()
    const id = await create("AZURE")
    desk.simulator.advance(60)
    await pass(stream, movingMs, "AZURE")
    desk.simulator.cloudSide(id, "revoke-permission")
    await pass(stream, minuteMs, "AZURE")
    const { history } = await stream.next("peering", ({ history: seen }) => seen.length === 3)
    expect(history.map(({ status }) => status)).toEqual(["ADDING_PEER", "AVAILABLE", "FAILED"])
  })
})

describe("polling while Atlas fails", () => {
  const awsLists = { match: { method: "GET", path: "providerName=AWS" } }

  test("backs off from 5 s to a minute until Atlas answers", async () => {
    const stream = await watchProject()
    desk.simulator.addFault({ ...awsLists, fault: { status: 500 }, times: 7 })
    const failed = await pass(stream, minuteMs)
    expect(failed).toEqual({
      projectId,
      providerName: "AWS",
      checkedAt: afterStart(0),
      problem: "atlas_failed",
      atlas: { status: 500, errorCode: "UNEXPECTED_ERROR", detail: "Unexpected error." },
      retryAt: afterStart(65000),
    })
    for (const delayMs of [5_000, 10_000, 20_000, 40_000, minuteMs, minuteMs]) {
      expect(desk.clock.waiting()).toContain(delayMs)
      expect((await pass(stream, delayMs))?.problem).toBe("atlas_failed")
    }
    expect(await pass(stream, minuteMs)).toMatchObject({ problem: null, retryAt: null })
    desk.simulator.addFault({ ...awsLists, fault: { status: 500 }, times: 1 })
    expect((await pass(stream, minuteMs))?.problem).toBe("atlas_failed")
    expect((await pass(stream, 5_000))?.problem).toBe(null)
  })

  test("polls every cloud at once when a probe finds the end of an outage", async () => {
    const atlas = createSimulator()
    const { origin, port } = await atlas.listen()
    const cut = await startTestApp({ environment: { ATLAS_BASE_URL: origin } })
    const stream = await cut.stream([projectId])
    for (const _ of providerNames) await stream.next("watch")
    const { live } = cut.services.pollers
    const problems = () => providerNames.map((cloud) => live.watchOf(projectId, cloud)?.problem)
    const failures = () => providerNames.map((cloud) => live.watchOf(projectId, cloud)?.retryAt)
    await atlas.close()
    for (const delayMs of [minuteMs, 5_000]) {
      const known = failures()
      cut.clock.advance(delayMs)
      await expect.poll(() => failures().filter((retryAt, at) => retryAt === known[at])).toEqual([])
    }
    await expect.poll(() => cut.logs.join("")).toContain("Atlas does not answer")

    const back = createSimulator()
    await back.listen({ port })
    cut.clock.advance(5_000)
    await expect.poll(problems).toEqual([null, null, null])
    const lists = back.calls().rows.filter(({ path }) => path.endsWith("/peers"))
    expect(lists.reduce((sum, row) => sum + row.calls, 0)).toBe(3)
    await cut.close()
    await back.close()
  })

  test("pauses every cloud of a project for the time that a 429 names [G7]", async () => {
    const stream = await watchProject()
    desk.simulator.addFault({ ...awsLists, fault: { retryAfter: 90 }, times: 1 })
    const refused = await pass(stream, minuteMs)
    expect(refused).toMatchObject({ problem: "atlas_rate_limited", retryAt: afterStart(150000) })
    await stream.next("watch", ({ providerName }) => providerName !== "AWS")
    await expect.poll(() => nextPolls().length).toBe(3)

    const before = desk.simulator.calls().total.requests
    desk.clock.advance(60_000)
    for (const cloud of ["GCP", "AZURE"] as const)
      await stream.next(
        "watch",
        (watch) => watch.providerName === cloud && watch.problem === "atlas_rate_limited",
      )
    desk.clock.advance(29_999)
    expect(desk.simulator.calls().total.requests).toBe(before)

    desk.clock.advance(1)
    for (const cloud of providerNames)
      await stream.next("watch", (watch) => watch.providerName === cloud && watch.problem === null)
  })

  test("logs a failure of our own code and continues", async () => {
    await desk.close()
    let broken = true
    desk = await startTestApp({
      replace: ({ atlas }) => {
        const whole = { ...atlas }
        const listPeers: typeof atlas.listPeers = (...parts) => {
          if (broken) throw new TypeError("ours")
          return whole.listPeers(...parts)
        }
        Object.assign(atlas, { listPeers })
        return {}
      },
    })
    const stream = await watchProject()
    expect(sent(stream, "watch")[0]?.data).toMatchObject({ problem: "internal_error" })
    expect(
      desk.logs.filter(
        (line) => line.includes("A poll failed with an error of this server") && line.includes("stack"),
      ),
    ).toHaveLength(3)
    broken = false
    expect(await pass(stream, 5_000)).toMatchObject({ problem: null })
  })
})

async function idOf(cloud: ProviderName): Promise<string> {
  const { peerings } = (await desk.call("GET", apiUrls.peerings(projectId))).json() as { peerings: Peering[] }
  return peerings.find(({ peer }) => peer.providerName === cloud)!.id
}
