import { expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { CachedRead } from "./cached-read.ts"

test("an answer grows old while the clock is set back", async () => {
  const clock = createTestingClock()
  let reads = 0
  const read = new CachedRead(() => Promise.resolve((reads += 1)), clock)
  await read.refresh(5_000)
  clock.step(-3_600_000)
  clock.advance(4_999)
  expect((await read.refresh(5_000)).value).toBe(1)
  clock.advance(1)
  expect(await read.refresh(5_000)).toMatchObject({ value: 2, readAt: clock.now() })
})

test("a read that began before expire() does not replace the answer of a later read", async () => {
  const answers: ((value: string) => void)[] = []
  const read = new CachedRead(
    () => new Promise<string>((resolve) => void answers.push(resolve)),
    createTestingClock(),
  )
  const before = read.refresh(5_000)
  read.expire()
  const after = read.refresh(5_000)
  answers[1]?.("new")
  expect((await after).value).toBe("new")
  answers[0]?.("old")
  await before
  expect(read.kept.value).toBe("new")
})

test("show gives the last answer after 300 ms of a slow read, and the next one once it came", async () => {
  const clock = createTestingClock()
  const answers: ((value: string) => void)[] = []
  const read = new CachedRead(() => new Promise<string>((resolve) => void answers.push(resolve)), clock)
  const first = read.show(5_000)
  answers[0]?.("old")
  expect(await first).toBe("old")
  clock.advance(5_000)
  const shown = read.show(5_000)
  clock.advance(300)
  expect(await shown).toBe("old")
  const next = read.show(5_000)
  answers[1]?.("new")
  expect(await next).toBe("new")
})

test("show waits for a new answer after expire(), since the last one is known to be wrong", async () => {
  const clock = createTestingClock()
  const answers: ((value: string) => void)[] = []
  const read = new CachedRead(() => new Promise<string>((resolve) => void answers.push(resolve)), clock)
  const first = read.show(5_000)
  answers[0]?.("old")
  await first
  read.expire()
  const shown = read.show(5_000)
  clock.advance(300)
  answers[1]?.("new")
  expect(await shown).toBe("new")
})
