import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestingDesk
beforeEach(async () => {
  desk = await openTestingDesk()
})
afterEach(() => desk.close())

const otherProject = seededIds.emptySandbox

/** Which timers wait, without the one that looks once a second which sessions are open. */
const waiting = () => desk.clock.waiting().filter((delayMs) => delayMs !== 1_000)

/** Until each cloud was looked at once. */
async function untilWatched(stream: EventReader): Promise<void> {
  for (const _ of ["AWS", "GCP", "AZURE"]) await stream.next("watch")
}

/** Creates one and moves it on, as often as there are statuses. Resolves with its id. */
async function createOne(): Promise<string> {
  return Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
}

/** Has the server see what Atlas says now. */
async function lookAgain(): Promise<void> {
  desk.clock.advance(5_000)
  await desk.call("GET", apiUrls.peerings(projectId))
}

describe("a stream", () => {
  test("begins with the whole of each project, and then tells what changes", async () => {
    const stream = await desk.stream([projectId, otherProject])
    expect(stream.status).toBe(200)
    expect(stream.headers["content-type"]).toBe("text/event-stream; charset=utf-8")
    expect(stream.headers["cache-control"]).toBe("no-store, no-transform")
    expect(stream.headers["content-encoding"]).toBeUndefined()
    expect((await stream.next("snapshot")).projectId).toBe(projectId)
    expect((await stream.next("snapshot")).projectId).toBe(otherProject)
    expect(stream.text().startsWith("retry: 3000\n\n")).toBe(true)

    const id = await createOne()
    expect(await stream.next("peering")).toMatchObject({ projectId, id, beginSeen: true })
  })

  test("that comes when something is known begins with that", async () => {
    const id = await createOne()
    const snapshot = await (await desk.stream([projectId])).next("snapshot")
    expect(snapshot.peerings.map((peering) => peering.id)).toEqual([id])
  })

  test("tells nothing of other projects", async () => {
    const stream = await desk.stream([otherProject])
    await untilWatched(stream)
    await createOne()
    await lookAgain()
    desk.clock.advance(60_000)
    await untilWatched(stream)
    expect(stream.text()).not.toContain(projectId)
  })

  test("says every 15 seconds that it lives", async () => {
    const stream = await desk.stream([projectId])
    await untilWatched(stream)
    const comment = stream.nextComment()
    await desk.clock.untilWaiting(15_000)
    desk.clock.advance(15_000)
    expect(await comment).toBe(": still here")
  })

  test("to HEAD has a head only, and ends", async () => {
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
  ])("is not opened for %s", async (path) => {
    expect(readVerdict(await desk.call("GET", path))).toBe("400 invalid_request")
    expect(desk.services.openStreams.size).toBe(0)
  })
})

describe("a browser that comes back with the id of the last event it saw", () => {
  test("is told the latest state of what it missed, and nothing else", async () => {
    const first = await desk.stream([projectId])
    await untilWatched(first)
    const id = await createOne()
    await first.next("peering")
    const lastId = first.lastEventId()
    first.close()

    desk.simulator.advance(20)
    await lookAgain()
    desk.simulator.cloudSide(id, "accept")
    await lookAgain()

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

  test("is told what is gone", async () => {
    const first = await desk.stream([projectId])
    await untilWatched(first)
    const id = await createOne()
    await first.next("peering")
    const lastId = first.lastEventId()
    first.close()
    desk.simulator.reset()
    desk.clock.advance(60_000)
    await lookAgain()
    const second = await desk.stream([projectId], { "last-event-id": lastId })
    expect(await second.next("gone")).toMatchObject({ projectId, id })
  })

  test("is told nothing when it missed nothing", async () => {
    const first = await desk.stream([projectId])
    await untilWatched(first)
    const lastId = first.lastEventId()
    const second = await desk.stream([projectId], { "last-event-id": lastId })
    const id = await createOne()
    expect((await second.next("peering")).id).toBe(id)
    expect(second.messages.map(({ event }) => event)).not.toContain("snapshot")
    expect(second.messages[0]?.event).toBe("peering")
  })

  test("and had only a part of the snapshots, gets them all again", async () => {
    const first = await desk.stream([projectId, otherProject])
    await first.next("snapshot")
    await first.next("snapshot")
    const [one, two] = first.messages
    expect(one?.lastEventId).toBe("")
    expect(two?.lastEventId).toMatch(/^[0-9a-f]{8}\.\d+$/)
  })

  test.each([
    ["of another process", () => "00000000.0"],
    ["from the future", (epoch: string) => `${epoch}.999999`],
    ["that is no number", (epoch: string) => `${epoch}.abc`],
    ["that is an empty number", (epoch: string) => `${epoch}.`],
    ["that is half a number", (epoch: string) => `${epoch}.1e`],
    ["below the first", (epoch: string) => `${epoch}.-1`],
    ["without a number", (epoch: string) => epoch],
    ["that is garbage", () => "\u00e4'\";--"],
    ["that is long", () => "9".repeat(5_000)],
  ])("gets the whole when that id is one %s", async (_, toId) => {
    const id = await createOne()
    const { epoch } = desk.services.pollers.live
    const stream = await desk.stream([projectId], { "last-event-id": toId(epoch) })
    const snapshot = await stream.next("snapshot")
    expect(snapshot.peerings.map((peering) => peering.id)).toEqual([id])
    expect(stream.messages[0]?.event).toBe("snapshot")
  })

  test("at random, misses no state and sees none twice or out of order", async () => {
    const steady = await desk.stream([projectId])
    await untilWatched(steady)
    const id = await createOne()
    const seen: string[] = []
    let lastId = ""
    for (const step of ["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE"]) {
      if (step === "PENDING_ACCEPTANCE") desk.simulator.advance(20)
      if (step === "FINALIZING") desk.simulator.cloudSide(id, "accept")
      if (step === "AVAILABLE") desk.simulator.advance(30)
      await lookAgain()
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

describe("when the server stops", () => {
  test("every stream ends in good order, and none is opened any more", async () => {
    const streams = await Promise.all([1, 2, 3].map(() => desk.stream([projectId])))
    await untilWatched(streams[0]!)
    desk.services.lifetime.stopping = true
    for (const end of desk.services.openStreams) end()
    await Promise.all(streams.map(({ ended }) => ended))
    await vi.waitFor(() => expect(desk.services.openStreams.size).toBe(0))
    expect(readVerdict(await desk.call("GET", apiUrls.events({ projects: [projectId].join(",") })))).toBe(
      "503 shutting_down",
    )
    expect(waiting()).toEqual([])
  })
})

test("a browser that leaves takes everything with it", async () => {
  const stream = await desk.stream([projectId])
  await untilWatched(stream)
  expect(desk.clock.waiting()).toEqual([1_000, 15_000, 60_000, 60_000, 60_000])
  stream.close()
  await vi.waitFor(() => expect(desk.clock.waiting()).toEqual([1_000]))
  // The watch over sessions ends with its next look.
  desk.clock.advance(1_000)
  await vi.waitFor(() => expect(desk.clock.waiting()).toEqual([]))
  expect(desk.services.openStreams.size).toBe(0)
})
