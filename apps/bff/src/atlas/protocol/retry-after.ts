const longestPauseSeconds = 3_600

/**
 * Seconds to wait after a 429: 1 to 3,600, from `Retry-After` (RFC 9110 §10.2.3: seconds or a date).
 * Without one that can be read it is until the next full minute, when v1.0 starts to count anew.
 */
export function readRetryAfter(header: string | null, nowMs: number): number {
  const text = header?.trim() ?? ""
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((parseHttpDate(text) - nowMs) / 1000)
  if (Number.isNaN(seconds)) return 60 - (Math.floor(nowMs / 1000) % 60)
  return Math.min(Math.max(seconds, 1), longestPauseSeconds)
}

/** The three forms of RFC 9110 §5.6.7, in milliseconds since 1970; NaN for anything else. The last one is UTC without saying so. */
function parseHttpDate(text: string): number {
  if (/^[A-Z][a-z]+, .+ GMT$/.test(text)) return Date.parse(text)
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} .+ \d{4}$/.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
