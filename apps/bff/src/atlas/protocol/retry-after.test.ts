import { expect, test } from "vitest"
import { readRetryAfter } from "./retry-after.ts"

const toHeaders = (retryAfter: string | null) => ({
  get: (name: string) => (name === "retry-after" ? retryAfter : null),
})
const now = Date.UTC(2026, 0, 15, 12, 0, 20)

test.each<[string | null, number]>([
  ["17", 17],
  [" 17 ", 17],
  ["0", 1],
  ["86400", 86_400],
  ["999999999999", 86_400],
  ["9".repeat(400), 86_400],
  ["Thu, 15 Jan 2026 12:01:20 GMT", 60],
  ["Thursday, 15-Jan-26 12:01:20 GMT", 60],
  ["Thu Jan 15 12:01:20 2026", 60],
  ["Thu, 15 Jan 2026 11:00:00 GMT", 1],
  ["Thu, 15 Jan 2036 12:00:00 GMT", 86_400],
  // Nothing to read: the next full minute, when v1.0 restarts its count.
  [null, 40],
  ["", 40],
  ["-5", 40],
  ["1.5", 40],
  ["soon", 40],
  ["<seconds>", 40],
  ["Thu, garbage GMT", 40],
  ["2026-01-15T12:01:20Z", 40],
])("Retry-After %j means %i seconds", (header, seconds) => {
  expect(readRetryAfter(toHeaders(header), now)).toBe(seconds)
})

test("a full minute has a minute to the next one", () => {
  expect(readRetryAfter(toHeaders(null), Date.UTC(2026, 0, 15, 12, 0, 0))).toBe(60)
})
