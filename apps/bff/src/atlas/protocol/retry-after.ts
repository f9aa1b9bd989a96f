import { parseRetryAfter } from "#base/retry-after.ts"
import type { AnswerHeaders } from "./http-answer.ts"

const longestPauseSeconds = 86_400

/**
 * Computes the seconds to wait after a 429, 1 second to a day. Without a readable `Retry-After` it is until the next full minute, when v1.0
 * restarts its count.
 */
export function readRetryAfter(headers: AnswerHeaders, nowMs: number): number {
  const seconds = parseRetryAfter((name) => headers.get(name), nowMs)
  if (seconds === null) return 60 - (Math.floor(nowMs / 1000) % 60)
  return Math.min(Math.max(seconds, 1), longestPauseSeconds)
}
