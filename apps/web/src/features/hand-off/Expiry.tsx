import type { HandOffView } from "@peering-desk/shared-schemas"
import { useNow } from "#ui/time/now.ts"
import { formatDeadline, formatFullMoment, formatSpan } from "#ui/time/times.ts"

/** Two bounds this close are one time, in milliseconds. */
const exactWithinMs = 15 * 60_000

/** When AWS drops the request: a time, or the earliest one where only bounds are known. */
export function Expiry({ view, isSentence = false }: { view: HandOffView; isSentence?: boolean }) {
  const now = useNow()
  const { expiresEarliest: earliest, expiresLatest: latest } = view
  if (earliest === null) return "No deadline"
  const from = Date.parse(earliest)
  const until = Date.parse(latest ?? earliest)
  const isExact = latest !== null && until - from <= exactWithinMs
  const at = (
    <time dateTime={earliest} title={formatFullMoment(earliest)}>
      {formatDeadline(earliest)}
      {isExact ? "" : " or later"}
    </time>
  )
  if (!isSentence) return at
  if (now >= until) return "The time to accept is over."
  if (now >= from) return "May have expired already. Check in AWS."
  return (
    <>
      Expires {at} ({isExact ? "" : "at least "}
      {formatSpan(from - now)} left).
    </>
  )
}
