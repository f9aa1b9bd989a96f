import { createServer } from "node:http"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Peering } from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { systemClock } from "#base/clock.ts"
import { observePeering } from "#test/support/observe-peering.ts"
import { readEventStream } from "#test/support/event-reader.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId } from "#test/support/requests.ts"
import { openEventStream } from "./event-stream.ts"
import { DeadConnections } from "./dead-connections.ts"
import { Heartbeats } from "./heartbeats.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const changes = 60
const filler = "x".repeat(400_000)

function toPeering(number: number, id = "64b1f0a27c3d5e4f8a9b0c1d"): Peering {
  return observePeering({
    projectId,
    peer: { providerName: "AWS", id, statusName: `STATE_${number}` },
    raw: { id, filler },
    at: "2026-01-15T12:00:00.000Z",
  })
}

/** Changes one connection again and again, 0.4 MB each time, and lets the network do what it can between. */
async function changeOften(): Promise<void> {
  for (let number = 1; number <= changes; number += 1) {
    desk.services.pollers.live.putPeering(toPeering(number), number)
    await nextTurn()
  }
}

test("streams that a stop ends at once come back spread over five seconds", async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, () => desk.stream([projectId])))
  const delays: number[] = []
  for (const stream of streams) {
    await stream.next("snapshot")
    delays.push(Number(/^retry: (\d+)\n\n/.exec(stream.text())?.[1]))
  }
  for (const delayMs of delays) {
    expect(delayMs).toBeGreaterThanOrEqual(1_000)
    expect(delayMs).toBeLessThanOrEqual(6_000)
  }
  expect(new Set(delays).size).toBeGreaterThan(10)
})

describe("a reader that takes nothing for a while", { timeout: 20_000 }, () => {
  test("gets the latest state when it goes on, without the states between", async () => {
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    stream.pause()
    await changeOften()
    stream.resume()
    await stream.next("peering", ({ history }) => history[0]?.status === `STATE_${changes}`)
    // The two ends of a connection hold about 10 MB between them, which is 25 of these.
    expect(stream.messages.filter(({ event }) => event === "peering").length).toBeLessThan(changes * 0.8)
  })

  test("leaves what it has no room for at the source", async () => {
    const part = Buffer.from(`: ${"x".repeat(9_996)}\n\n`)
    let given = 0
    const [heartbeats, silentPeers] = [new Heartbeats(systemClock), new DeadConnections(systemClock)]
    const source = { next: () => (given < 2_000 ? ((given += 1), [part]) : null), subscribe: () => () => {} }
    const server = await listen(
      createServer((_request, response) => {
        openEventStream(response, source, { clock: systemClock, heartbeats, silentPeers })
      }),
    )
    const stream = await readEventStream(`${server.origin}/`, {})
    stream.pause()
    // The two ends of a connection hold about 10 MB between them; 20 MB are offered.
    await expect.poll(() => given).toBeGreaterThan(1)
    expect(given).toBeLessThan(1_500)
    stream.resume()
    await expect.poll(() => given, { timeout: 20_000 }).toBe(2_000)
    stream.close()
    await server.close()
  })

  test("keeps no other reader waiting", async () => {
    const [stuck, healthy] = [await desk.stream([projectId]), await desk.stream([projectId])]
    await stuck.next("snapshot")
    stuck.pause()
    await changeOften()
    await healthy.next("peering", ({ history }) => history[0]?.status === `STATE_${changes}`)
    expect(stuck.messages.filter(({ event }) => event === "peering")).toEqual([])
  })

  test("is let go after a minute, and its place is free", async () => {
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    stream.pause()
    await changeOften()
    expect(desk.clock.waiting()).toContain(60_000)
    desk.clock.advance(60_000)
    await vi.waitFor(() => expect(desk.services.openStreams.size).toBe(0), { timeout: 20_000 })
    stream.resume()
    await expect(stream.ended).rejects.toThrow("aborted")
  })

  test("does not keep a stopping server from ending", async () => {
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    stream.pause()
    await changeOften()
    // As a stopping server does: what is at rest is looked at every minute too.
    desk.services.pollers.stop()
    for (const end of desk.services.openStreams) end()
    await vi.waitFor(() => expect(desk.services.openStreams.size).toBe(0), { timeout: 20_000 })
    expect(desk.clock.waiting()).not.toContain(60_000)
  })

  test("costs no memory, however much changes", async () => {
    const readers = await Promise.all(Array.from({ length: 20 }, () => desk.stream([projectId])))
    for (const reader of readers) {
      await reader.next("snapshot")
      reader.pause()
    }
    await changeOften()
    const before = process.memoryUsage()
    await changeOften()
    const after = process.memoryUsage()
    // 20 readers, 60 changes, 0.4 MB each: 480 MB, were they queued.
    const grownBy = after.rss + after.external - before.rss - before.external
    expect(grownBy).toBeLessThan(150_000_000)
  })
})
