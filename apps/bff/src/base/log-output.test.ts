import { Writable } from "node:stream"
import { createTestingClock } from "#test/support/test-clock.ts"
import { expect, test } from "vitest"
import { LogOutput } from "./log-output.ts"

/** A stream whose reader takes a line only when told to, or fails. */
function createHeldStream() {
  const taken: string[] = []
  let take: ((error?: Error) => void) | null = null
  const stream = new Writable({
    emitClose: false,
    autoDestroy: false,
    write(chunk, _encoding, done) {
      take = (error) => {
        take = null
        if (error === undefined) taken.push(String(chunk))
        done(error)
      }
    },
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    stream,
    taken,
    takeAll: async () => {
      for (; take !== null; await settle()) take()
    },
    fail: async () => {
      take?.(Object.assign(new Error("no space left"), { code: "ENOSPC" }))
      await settle()
    },
  }
}

test("log lines beyond the limit are dropped, and counted once the reader takes lines again", async () => {
  const { stream, taken, takeAll } = createHeldStream()
  const dropped: number[] = []
  const output = new LogOutput(stream, (lines) => dropped.push(lines), 100)
  for (let line = 0; line < 50; line += 1) output.write(`${"x".repeat(9)}\n`)
  expect([stream.writableLength, dropped]).toEqual([100, []])
  await takeAll()
  expect([taken.length, dropped]).toEqual([10, [40]])
  output.write("next\n")
  await takeAll()
  expect([taken.at(-1), dropped]).toEqual(["next\n", [40]])
})

test("a flush ends when the reader has everything, or when its time is over", async () => {
  const { stream, taken, takeAll } = createHeldStream()
  const clock = createTestingClock()
  const output = new LogOutput(stream, () => undefined)
  await output.flush(clock, 1_000)
  output.write("one\n")
  const late = output.flush(clock, 1_000)
  clock.advance(1_000)
  await late
  expect(taken).toEqual([])
  const inTime = output.flush(clock, 1_000)
  await takeAll()
  await inTime
  expect(taken[0]).toBe("one\n")
})

test("a log line that can't be written is dropped without harm", async () => {
  const { stream, fail } = createHeldStream()
  const dropped: number[] = []
  const output = new LogOutput(stream, (lines) => dropped.push(lines))
  output.write("one\n")
  await fail()
  expect(() => output.write("two\n")).not.toThrow()
  expect(dropped).toEqual([])
})
