/**
 * Returns the seconds that `Retry-After` asks to wait (RFC 9110 §10.2.3: seconds or a date), which may be 0 or less; null when it can't be
 * read. A date counts from the answer's `Date`, since the two clocks may differ.
 */
export function parseRetryAfter(getHeader: (name: string) => string | null, nowMs: number): number | null {
  const text = getHeader("retry-after")?.trim() ?? ""
  if (/^\d+$/.test(text)) return Number(text)
  const answeredMs = parseHttpDate(getHeader("date") ?? "") || nowMs
  const seconds = Math.ceil((parseHttpDate(text) - answeredMs) / 1000)
  return Number.isNaN(seconds) ? null : seconds
}

/** Parses the three date forms of RFC 9110 §5.6.7 to milliseconds since 1970; NaN for anything else. The third form is UTC. */
function parseHttpDate(text: string): number {
  if (/^[A-Z][a-z]+, .+ GMT$/.test(text)) return Date.parse(text)
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} .+ \d{4}$/.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
