import { expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { ProjectPaces } from "./project-paces.ts"

const minuteMs = 60_000
const refusal = new AppError("atlas_rate_limited", { retryAfterSeconds: 10 })

function createPaces() {
  const clock = createTestingClock()
  return { clock, paces: new ProjectPaces({ shared: null, clock, logger: createLogger("silent") }) }
}

test("a refusal halves the pace of its project alone, and the pace comes back slowly", async () => {
  const { clock, paces } = createPaces()
  await paces.noteRefused("a", refusal, 10_000)
  expect([paces.slownessOf("a"), paces.slownessOf("b")]).toEqual([2, 1])
  const after = (ms: number) => {
    clock.advance(ms)
    return paces.slownessOf("a")
  }
  expect([after(10 * minuteMs), after(10 * minuteMs)]).toEqual([1.5, 1.25])
  expect(after(120 * minuteMs)).toBeCloseTo(1, 3)
})

test("the refusals of calls that were under way together count once, later ones again", async () => {
  const { clock, paces } = createPaces()
  for (let call = 0; call < 3; call += 1) await paces.noteRefused("a", refusal, 10_000)
  expect(paces.slownessOf("a")).toBe(2)
  for (let time = 0; time < 8; time += 1) {
    clock.advance(10_000)
    await paces.noteRefused("a", refusal, 10_000)
  }
  expect(paces.slownessOf("a")).toBe(16)
})

test("Atlas's own limit sets the least slowness: polls take half of what it allows", () => {
  const { paces } = createPaces()
  paces.noteLimit("a", 1_000)
  paces.noteLimit("b", 30)
  expect([paces.slownessOf("a"), paces.slownessOf("b"), paces.slownessOf("c")]).toEqual([1, 3, 1])
})

test("a pause after a 429 lasts as many seconds as Atlas says, also when the clock is set back or forward", async () => {
  const { clock, paces } = createPaces()
  let calls = 0
  const refuse = () => {
    calls += 1
    return Promise.reject(new AppError("atlas_rate_limited", { retryAfterSeconds: 30 }))
  }
  const ask = async () =>
    await paces.run("a", refuse).catch((thrown: unknown) => {
      if (thrown instanceof AppError) return thrown.shown.retryAfterSeconds
      throw thrown
    })
  expect([await ask(), calls]).toEqual([30, 1])
  clock.step(3_600_000)
  expect([await ask(), calls]).toEqual([30, 1])
  clock.step(-7_200_000)
  clock.advance(29_000)
  expect([await ask(), calls]).toEqual([1, 1])
  clock.advance(1_000)
  expect([await ask(), calls]).toEqual([30, 2])
})
