import { afterEach, expect, test } from "vitest"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { createLogger } from "./logger.ts"
import { QuestionThread } from "./question-thread.ts"

const longestMs = 5_000
const idleMs = 600_000
const file = new URL("../../test/support/question-thread.ts", import.meta.url)

let thread: QuestionThread | null = null
afterEach(() => thread?.stop())

function open(clock: TestingClock, changes: { file?: URL } = {}): QuestionThread {
  const logger = createLogger("silent")
  thread = new QuestionThread({ clock, logger, name: "The thread", file, longestMs, idleMs, ...changes })
  return thread
}
const askId = (asked: QuestionThread, name = "one") => asked.ask<string>("identify", name)

/** Reads the messages that questions fail with. */
const readEnds = async (asking: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(asking)).map((one) =>
    one.status === "rejected" ? (one.reason as Error).message : "answered",
  )

test("a thread answers questions that were asked beside each other", async () => {
  const asked = open(createTestingClock())
  const [one, two] = await Promise.all([askId(asked, "one"), askId(asked, "two")])
  expect(two).toBe(one.replace("one", "two"))
})

test("a question that takes too long fails, and the next one starts another thread", async () => {
  const clock = createTestingClock()
  const asked = open(clock)
  const first = await askId(asked)
  const ending = readEnds([asked.ask("hang", null)])
  clock.advance(longestMs)
  expect(await ending).toEqual(["The thread does not answer"])
  expect(await askId(asked)).not.toBe(first)
})

test("a question that breaks the thread fails with the ones beside it alone", async () => {
  const asked = open(createTestingClock())
  const first = await askId(asked)
  const asking = ["hang", "fail"].map((method) => asked.ask(method, null))
  expect(await readEnds(asking)).toEqual(["broken", "broken"])
  expect(await askId(asked)).not.toBe(first)
})

test("a thread ends after its idle time, counted from the last question", async () => {
  const clock = createTestingClock()
  const asked = open(clock)
  const first = await askId(asked)
  clock.advance(idleMs - 1)
  expect(await askId(asked)).toBe(first)
  clock.advance(idleMs - 1)
  expect(await askId(asked)).toBe(first)
  clock.advance(idleMs)
  expect(await askId(asked)).not.toBe(first)
})

test("a thread that is asked something is not idle", async () => {
  const clock = createTestingClock()
  const asked = new QuestionThread({
    clock,
    logger: createLogger("silent"),
    name: "The thread",
    file,
    longestMs: 10 * idleMs,
    idleMs,
  })
  const first = await askId(asked)
  const hanging = asked.ask("hang", null)
  clock.advance(5 * idleMs)
  expect(await askId(asked)).toBe(first)
  const ending = readEnds([hanging])
  await asked.stop()
  expect(await ending).toEqual(["The thread was stopped"])
})

test("a thread whose file is missing fails each question", async () => {
  const asked = open(createTestingClock(), { file: new URL("./absent.js", import.meta.url) })
  await expect(askId(asked)).rejects.toThrow(/absent\.js/)
  await expect(askId(asked)).rejects.toThrow(/absent\.js/)
})
