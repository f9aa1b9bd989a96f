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
