import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const otherProject = seededIds.emptySandbox

/** Lists the timers, except the one that checks sessions once a second. */
const waiting = () => desk.clock.waiting().filter((delayMs) => delayMs !== 1_000)

/** Resolves after one poll of each cloud. */
async function untilPolled(stream: EventReader): Promise<void> {
  for (const _ of ["AWS", "GCP", "AZURE"]) await stream.next("watch")
}

/** Creates a peering and resolves with its id. */
async function createOne(): Promise<string> {
  return Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
}

/** Lets a second pass, at whose end the heartbeats of that second are sent and sessions are checked. */
async function passSecond(): Promise<void> {
  const turns = () => desk.clock.waiting().filter((delayMs) => delayMs === 1_000).length
  const before = turns()
  desk.clock.advance(1_000)
  await expect.poll(turns).toBe(before)
}

/** Makes the server poll now. */
async function pollAgain(): Promise<void> {
  desk.clock.advance(5_000)
  await desk.call("GET", apiUrls.peerings(projectId))
}

describe("GET /events", () => {
  test("begins with a snapshot of each project, then sends what changes", async () => {
    const stream = await desk.stream([projectId, otherProject])
    expect(stream.status).toBe(200)
    expect(stream.headers["content-type"]).toBe("text/event-stream; charset=utf-8")
    expect(stream.headers["cache-control"]).toBe("no-store, no-transform")
    expect(stream.headers["content-encoding"]).toBeUndefined()
    expect((await stream.next("snapshot")).projectId).toBe(projectId)
    expect((await stream.next("snapshot")).projectId).toBe(otherProject)
    expect(stream.text()).toMatch(/^retry: [1-6]\d{3}\n\n/)

    const id = await createOne()
    expect(await stream.next("peering")).toMatchObject({ projectId, id, beginSeen: true })
  })

  test("begins with what earlier polls found", async () => {
    const id = await createOne()
    const snapshot = await (await desk.stream([projectId])).next("snapshot")
    expect(snapshot.peerings.map((peering) => peering.id)).toEqual([id])
  })

  test("sends nothing of other projects", async () => {
    const stream = await desk.stream([otherProject])
    await untilPolled(stream)
    await createOne()
    await pollAgain()
    desk.clock.advance(60_000)
    await untilPolled(stream)
    expect(stream.text()).not.toContain(projectId)
  })

  test("leaves out projects that do not exist, and answers 404 when none is left", async () => {
    const missing = "0123456789abcdef01234567"
    const stream = await desk.stream([missing, projectId])
    expect((await stream.next("snapshot")).projectId).toBe(projectId)
    expect(stream.messages).toHaveLength(1)
    const alone = await desk.stream([missing])
    await alone.ended
    expect(alone.status).toBe(404)
    expect(alone.text()).toContain("project_not_found")
    expect(desk.asked("GET", `/groups/${missing}/peers`)).toBe(0)
  })

  test("covers every requested project while Atlas can't list projects", async () => {
    const missing = "0123456789abcdef01234567"
    desk.simulator.addFault({ match: { method: "GET", path: "/groups?" }, fault: { status: 500 } })
    const stream = await desk.stream([missing])
    expect((await stream.next("snapshot")).projectId).toBe(missing)
  })

  test("sends a heartbeat comment every 25 seconds, for all streams by one timer", async () => {
    const first = await desk.stream([projectId])
    await untilPolled(first)
    const countTimers = () => desk.clock.waiting().filter((delayMs) => delayMs === 1_000).length
    const timers = countTimers()
    const second = await desk.stream([projectId])
    await second.next("snapshot")
    expect(countTimers()).toBe(timers)
    const comments = Promise.all([first.nextComment(), second.nextComment()])
    for (let passed = 0; passed < 25; passed += 1) {
      expect(first.text() + second.text()).not.toContain("still here")
      await passSecond()
    }
    expect(await comments).toEqual([": still here", ": still here"])
  })

  test("answers HEAD with headers only, and ends", async () => {
    const answer = await desk.call("HEAD", apiUrls.events({ projects: [projectId].join(",") }))
    expect(answer.status).toBe(200)
    expect(answer.headers["content-type"]).toBe("text/event-stream; charset=utf-8")
    expect(desk.services.openStreams.size).toBe(0)
    expect(waiting()).toEqual([])
  })

  test.each([
    "/api/events",
    "/api/events?projects=",
    "/api/events?projects=all",
    `/api/events?projects=${projectId},`,
    `/api/events?projects=${projectId}&projects=${otherProject}`,
    `/api/events?projects=${Array.from({ length: 51 }, (_, n) => String(n).padStart(24, "0")).join(",")}`,
  ])("refuses %s", async (path) => {
    expect(readVerdict(await desk.call("GET", path))).toBe("400 invalid_request")
    expect(desk.services.openStreams.size).toBe(0)
  })
})

describe("GET /events with Last-Event-ID", () => {
  test("sends the latest state of what the browser missed, and nothing else", async () => {
    const first = await desk.stream([projectId])
    await untilPolled(first)
    const id = await createOne()
    await first.next("peering")
    const lastId = first.lastEventId()
    first.close()

    desk.simulator.advance(20)
    await pollAgain()
    desk.simulator.cloudSide(id, "accept")
    await pollAgain()

    const second = await desk.stream([projectId], { "last-event-id": lastId })
    const missed = await second.next("peering")
    expect(missed.history.map(({ status }) => status)).toEqual([
      "INITIATING",
      "PENDING_ACCEPTANCE",
      "FINALIZING",
    ])
    expect(second.messages.filter(({ event }) => event === "peering")).toHaveLength(1)
    expect(second.messages.filter(({ event }) => event === "snapshot")).toHaveLength(0)
  })

  test("sends which peerings are gone", async () => {
    const first = await desk.stream([projectId])
    await untilPolled(first)
    const id = await createOne()
    await first.next("peering")
    const lastId = first.lastEventId()
    first.close()
    desk.simulator.reset()
    desk.clock.advance(60_000)
    await pollAgain()
    const second = await desk.stream([projectId], { "last-event-id": lastId })
    expect(await second.next("gone")).toMatchObject({ projectId, id })
  })

  test("sends nothing when the browser missed nothing", async () => {
    const first = await desk.stream([projectId])
    await untilPolled(first)
    const lastId = first.lastEventId()
    const second = await desk.stream([projectId], { "last-event-id": lastId })
    const id = await createOne()
    expect((await second.next("peering")).id).toBe(id)
    expect(second.messages.map(({ event }) => event)).not.toContain("snapshot")
    expect(second.messages[0]?.event).toBe("peering")
  })

  test("gives only the last snapshot an id, so a partial start begins again", async () => {
    const first = await desk.stream([projectId, otherProject])
    await first.next("snapshot")
    await first.next("snapshot")
    const [one, two] = first.messages
    expect(one?.lastEventId).toBe("")
    expect(two?.lastEventId).toMatch(/^[0-9a-f]{8}\.\d+\.[0-9a-f]{8}\.\d+$/)
  })

  test.each([
    ["of another database", (_: string, epoch: string) => `00000000.0.${epoch}.0`],
    ["from the future", (count: string, epoch: string) => `${count}.0.${epoch}.999999`],
    ["from the future of another process", (count: string) => `${count}.999999.00000000.0`],
    ["not a number", (count: string, epoch: string) => `${count}.0.${epoch}.abc`],
    ["an empty number", (count: string, epoch: string) => `${count}.0.${epoch}.`],
    ["half a number", (count: string, epoch: string) => `${count}.0.${epoch}.1e`],
    ["below the first", (count: string, epoch: string) => `${count}.0.${epoch}.-1`],
    ["without a number", (count: string, epoch: string) => `${count}.0.${epoch}`],
    ["garbage", () => "\u00e4'\";--"],
    ["very long", () => "9".repeat(5_000)],
  ])("sends snapshots when the id is %s", async (_, toId) => {
    const id = await createOne()
    const { epoch, stored } = desk.services.pollers.live
    const toLastId = () => toId(stored.incarnation, epoch)
    const stream = await desk.stream([projectId], { "last-event-id": toLastId() })
    const snapshot = await stream.next("snapshot")
    expect(snapshot.peerings.map((peering) => peering.id)).toEqual([id])
    expect(stream.messages[0]?.event).toBe("snapshot")
  })

  test("misses no state and repeats none, over several reconnections", async () => {
    const steady = await desk.stream([projectId])
    await untilPolled(steady)
    const id = await createOne()
    const seen: string[] = []
    let lastId = ""
    for (const step of ["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE"]) {
      if (step === "PENDING_ACCEPTANCE") desk.simulator.advance(20)
      if (step === "FINALIZING") desk.simulator.cloudSide(id, "accept")
      if (step === "AVAILABLE") desk.simulator.advance(30)
      await pollAgain()
      const stream = await desk.stream([projectId], { "last-event-id": lastId })
      const peering =
        lastId === "" ? (await stream.next("snapshot")).peerings[0] : await stream.next("peering")
      seen.push(peering?.history.at(-1)?.status ?? "none")
      lastId = stream.lastEventId()
      stream.close()
    }
    expect(seen).toEqual(["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE"])
    const told = steady.messages.flatMap((message) =>
      message.event === "peering" ? [message.data.history.at(-1)?.status] : [],
    )
    expect(told).toEqual(seen)
  })
})

describe("a stopping server", () => {
  test("ends every stream and opens no new one", async () => {
    const streams = await Promise.all([1, 2, 3].map(() => desk.stream([projectId])))
    await untilPolled(streams[0]!)
    desk.services.lifetime.stopping = true
    for (const end of desk.services.openStreams) end()
    await Promise.all(streams.map(({ ended }) => ended))
    await vi.waitFor(() => expect(desk.services.openStreams.size).toBe(0), { timeout: 20_000 })
    expect(readVerdict(await desk.call("GET", apiUrls.events({ projects: [projectId].join(",") })))).toBe(
      "503 shutting_down",
    )
    expect(waiting()).toEqual([])
  })
})

test("a closed stream is logged with the trace that it was opened with", async () => {
  const traceId = "0af7651916cd43dd8448eb211c80319c"
  const stream = await desk.stream([projectId], { traceparent: `00-${traceId}-b7ad6b7169203331-01` })
  await stream.next("snapshot")
  stream.close()
  const ended = () => desk.logs.filter((line) => line.includes('"responseTime"') && line.includes(traceId))
  await expect.poll(() => ended().length).toBe(1)
  expect(ended()[0]).toContain(String(stream.headers["x-request-id"]))
})

test("a closed stream leaves no timer and no poll behind", async () => {
  const stream = await desk.stream([projectId])
  await untilPolled(stream)
  // Atlas's events are read beside the polls.
  await expect.poll(() => desk.clock.waiting()).toEqual([1_000, 1_000, 10_000, 60_000, 60_000, 60_000])
  stream.close()
  await vi.waitFor(() => expect(desk.clock.waiting()).toEqual([1_000]), { timeout: 20_000 })
  // The check of sessions ends at its next turn.
  desk.clock.advance(1_000)
  await vi.waitFor(() => expect(desk.clock.waiting()).toEqual([]), { timeout: 20_000 })
  expect(desk.services.openStreams.size).toBe(0)
})
