import type { AnswerHeaders } from "./http-answer.ts"

const longestPauseSeconds = 86_400

/**
 * Computes the seconds to wait after a 429, 1 second to a day, from `Retry-After` (RFC 9110 §10.2.3: seconds or a date).
 * A date counts from the answer's `Date`, since the two clocks may differ. Without a readable one it is until the next full
 * minute, when v1.0 restarts its count.
 */
export function readRetryAfter(headers: AnswerHeaders, nowMs: number): number {
  const text = headers.get("retry-after")?.trim() ?? ""
  const answeredMs = parseHttpDate(headers.get("date") ?? "") || nowMs
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((parseHttpDate(text) - answeredMs) / 1000)
  if (Number.isNaN(seconds)) return 60 - (Math.floor(nowMs / 1000) % 60)
  return Math.min(Math.max(seconds, 1), longestPauseSeconds)
}

/** Parses the three date forms of RFC 9110 §5.6.7 to milliseconds since 1970; NaN for anything else. The third form is UTC. */
function parseHttpDate(text: string): number {
  if (/^[A-Z][a-z]+, .+ GMT$/.test(text)) return Date.parse(text)
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} .+ \d{4}$/.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
