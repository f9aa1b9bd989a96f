import type { AtlasCallEnd } from "#atlas/atlas-call.ts"
import type { Clock } from "#base/clock.ts"
import type { KeyHealth } from "./key-health.ts"

const notWithinMs = 5 * 60_000
const refusals: ReadonlySet<AtlasCallEnd["outcome"]> = new Set([
  "atlas_keys_refused",
  "atlas_address_refused",
])

/**
 * Tests the keys again when a call contradicts their last test: Atlas refuses a key after all have passed, or answers after all have failed.
 * The log, Atlas keys and readiness then show it hours before the next regular test.
 */
export function createKeyRetests(keyHealth: Pick<KeyHealth, "lastTest" | "testAll">, clock: Clock) {
  return ({ outcome }: Pick<AtlasCallEnd, "outcome">): void => {
    const isRefused = refusals.has(outcome)
    if (!isRefused && outcome !== "ok") return
    const last = keyHealth.lastTest()
    // Of several keys one may fail for long: then neither outcome is news.
    const isNews = isRefused ? last?.allPassed : last?.allFailed
    if (last === null || isNews !== true || clock.now() - last.at < notWithinMs) return
    void keyHealth.testAll()
  }
}
