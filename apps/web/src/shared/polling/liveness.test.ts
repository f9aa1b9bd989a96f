import { expect, test } from "vitest"
import { computeLiveness } from "./liveness.ts"

const heardAt = Date.parse("2026-11-24T10:00:00.000Z")

test.each([
  ["connecting", null, 0, "connecting"],
  ["live", heardAt, 100, "live"],
  ["reconnecting", heardAt, 45, "reconnecting"],
  ["reconnecting", heardAt, 46, "stale"],
  ["reconnecting", null, 100, "reconnecting"],
] as const)("%s, last heard at %s, %i s later, is %s", (phase, at, seconds, liveness) => {
  expect(computeLiveness({ phase, heardAt: at }, heardAt + seconds * 1000)).toBe(liveness)
})
