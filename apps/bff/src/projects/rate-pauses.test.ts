import { expect, test } from "vitest"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { ProjectPaces } from "./project-paces.ts"
import { respectPauses } from "./rate-pauses.ts"

test("a pause after a 429 lasts as many seconds as Atlas says, also when the clock is set back or forward", async () => {
  const clock = createTestingClock()
  let calls = 0
  const busy = {
    listProjects() {
      calls += 1
      return Promise.reject(new AppError("atlas_rate_limited", { retryAfterSeconds: 30 }))
    },
  } as unknown as AtlasClient
  const paces = new ProjectPaces({ shared: null, clock, logger: createLogger("silent") })
  const client = respectPauses(busy, paces, clock)
  const ask = async () =>
    await client.listProjects().catch((thrown: unknown) => {
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
