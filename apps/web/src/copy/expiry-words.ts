import type { Expiry } from "@peering-desk/peering-rules"
import { formatDeadline, formatSpan } from "#ui/time/times.ts"

/** Formats how long a state usually lasts: `usually 2 min`. */
export function formatUsual(usualMs: number | null | undefined): string | null {
  return usualMs == null ? null : `usually ${formatSpan(usualMs)}`
}

/** Formats the time until a request expires: `2 h 47 min left`, `≥ 3 h left` without an exact time. */
export function formatTimeLeft(expiry: Expiry | null | undefined, now: number): string | null {
  if (expiry == null) return null
  const left = Date.parse(expiry.earliest) - now
  if (left <= 0) return "may expire any minute"
  return `${expiry.isExact ? "" : "≥ "}${formatSpan(left)} left`
}

/** Formats when a request expires, as a sentence's end: `25 Nov, 18:12 or later`. */
export function formatExpiry({ earliest, isExact }: Expiry): string {
  return isExact ? formatDeadline(earliest) : `${formatDeadline(earliest)} or later`
}
