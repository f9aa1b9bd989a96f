import { expect, test } from "vitest"
import { isStatusSinceSeen, toStatusSince } from "./status-since.ts"

/** A history of these statuses, one a minute from midnight. */
const seen = (...statuses: readonly string[]) =>
  statuses.map((status, minute) => ({ status, at: `2026-01-01T00:0${minute}:00.000Z` }))

test("toStatusSince returns the last time in the history, or null without one", () => {
  expect(toStatusSince(seen("INITIATING", "FAILED"))).toBe("2026-01-01T00:01:00.000Z")
  expect(toStatusSince([])).toBeNull()
})

test("a status was seen to begin unless the first poll found it so", () => {
  expect(isStatusSinceSeen({ history: seen("INITIATING"), beginSeen: true })).toBe(true)
  expect(isStatusSinceSeen({ history: seen("PENDING_ACCEPTANCE"), beginSeen: false })).toBe(false)
  expect(isStatusSinceSeen({ history: seen("PENDING_ACCEPTANCE", "AVAILABLE"), beginSeen: false })).toBe(true)
})
