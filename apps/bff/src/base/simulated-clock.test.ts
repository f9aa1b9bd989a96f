import { expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { followSimulatedClock } from "./simulated-clock.ts"

const dayMs = 24 * 60 * 60_000

test("a simulated clock follows speed and jumps, reports each jump once, ages by two minutes after a reset, and survives a lost simulator", async () => {
  const realTime = createTestingClock(1_000_000)
  const simulator = { now: 5 * dayMs, speed: 1 }
  let isLost = false
  let jumps = 0
  const clock = await followSimulatedClock({
    readTime: () => (isLost ? Promise.reject(new Error("lost")) : Promise.resolve({ ...simulator })),
    onJump: () => (jumps += 1),
    realTime,
  })
  const pass = async (ms: number) => {
    simulator.now += ms * simulator.speed
    realTime.advance(ms)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(clock.now()).toBe(5 * dayMs)
  await pass(1_000)
  expect(clock.now()).toBe(5 * dayMs + 1_000)
  expect(jumps).toBe(0)
  simulator.now += dayMs
  await pass(1_000)
  expect(clock.now()).toBe(simulator.now)
  expect(jumps).toBe(1)
  const aged = clock.elapsed()
  simulator.now -= dayMs
  await pass(1_000)
  expect([clock.now(), jumps]).toEqual([simulator.now, 2])
  expect(clock.elapsed()).toBe(aged + 1_000 + 120_000)
  simulator.speed = 6
  await pass(1_000)
  isLost = true
  await pass(2_000)
  expect(clock.now()).toBe(simulator.now)
  expect(jumps).toBe(2)
  clock.stop()
})

test("a simulated clock tells whole milliseconds, which a database keeps as they are", async () => {
  const realTime = createTestingClock(1_000_000)
  const clock = await followSimulatedClock({
    readTime: () => Promise.resolve({ now: 5 * dayMs + 0.25, speed: 1 }),
    onJump: () => {},
    realTime,
  })
  realTime.advance(0.5)
  expect(clock.now()).toBe(5 * dayMs)
  clock.stop()
})
