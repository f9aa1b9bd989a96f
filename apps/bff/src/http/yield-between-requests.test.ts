import { setImmediate } from "node:timers/promises"
import type { Request, Response } from "express"
import { expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { yieldBetweenRequests } from "./yield-between-requests.ts"

/** Sends requests at once, each of which works for some time after a wait that takes no turn. Returns which one each turn handled. */
async function handle(workMs: readonly number[], clock = createTestingClock()): Promise<number[][]> {
  const spread = yieldBetweenRequests(clock)
  const turns: number[][] = [[]]
  let left = workMs.length
  for (const [request, ms] of workMs.entries()) {
    const work = async () => {
      await Promise.resolve()
      clock.advance(ms)
      turns.at(-1)?.push(request)
      left -= 1
    }
    void spread({} as Request, {} as Response, () => void work())
    // Each request arrives by itself, and does what it does without waiting before the next one arrives.
    await new Promise<void>((resolve) => process.nextTick(resolve))
  }
  while (left > 0) {
    await setImmediate()
    turns.push([])
  }
  return turns.filter((handled) => handled.length > 0)
}

test("requests that take longer than a turn of the event loop are spread over turns, in order", async () => {
  const turns = await handle(Array.from({ length: 10 }, () => 2))
  expect(turns.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  // The first request comes before the first turn of this test.
  expect(Math.max(...turns.map(({ length }) => length))).toBeLessThanOrEqual(2)
})

test("a turn handles one request at least, however fast the clock runs", async () => {
  const clock = createTestingClock()
  const fast = {
    ...clock,
    elapsed() {
      clock.advance(10)
      return clock.elapsed()
    },
  }
  expect((await handle([0, 0, 0], fast)).flat()).toEqual([0, 1, 2])
})

test("requests that fit into one turn are handled at once", async () => {
  expect(await handle([0.2, 0.2, 0.2, 0.2])).toEqual([[0, 1, 2, 3]])
})
