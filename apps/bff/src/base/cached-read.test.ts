import { expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { CachedRead } from "./cached-read.ts"

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
