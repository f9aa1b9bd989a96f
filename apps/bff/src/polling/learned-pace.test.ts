import { providerNames } from "@peering-desk/shared-schemas"
import { expect, onTestFinished, test } from "vitest"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const minuteMs = 60_000
const movingMs = 2_143

/** A project that somebody views and in which Atlas works on one cloud. */
async function follow(options: Parameters<typeof startTestApp>[0]): Promise<TestApp> {
  const desk = await startTestApp(options)
  onTestFinished(() => desk.close())
  const stream = await desk.stream([projectId])
  for (const _ of providerNames) await stream.next("watch")
  await desk.create(projectId, requests.AZURE)
  return desk
}

/** Lists when the next polls are due, without the timers of streams and sessions. */
const nextPolls = ({ clock }: TestApp) =>
  clock.waiting().filter((delayMs) => ![1_000, 10_000, 15_000].includes(delayMs))

test("a project is polled half as often after a 429, and other projects as before", async () => {
  const desk = await follow({})
  expect(nextPolls(desk)).toEqual([movingMs, minuteMs, minuteMs])
  desk.simulator.addFault({
    match: { method: "GET", path: "providerName=AZURE" },
    fault: { retryAfter: 11 },
    times: 1,
  })
  desk.clock.advance(movingMs)
  await desk.clock.untilWaiting(11_000)
  desk.clock.advance(11_000)
  const isHalfAsOften = (delayMs: number) => delayMs > 2 * movingMs - 100 && delayMs <= 2 * movingMs
  await expect.poll(() => nextPolls(desk).filter(isHalfAsOften)).toHaveLength(1)
})

test("polls on v2 take half of what Atlas's own limit allows", async () => {
  const limits = { v2: { "network-peering": { capacity: 100, refillPerMinute: 30 } } }
  const desk = await follow({
    simulator: { limits },
    environment: { ATLAS_API_VERSION: "2023-01-01" },
  })
  await expect.poll(() => desk.services.pollers.of(projectId, "AZURE").failure).toBe(null)
  desk.clock.advance(movingMs)
  await expect.poll(() => nextPolls(desk)[0]).toBe(3 * movingMs)
})
