import { useNow } from "./now.ts"
import { formatFullMoment, formatMoment, formatSpan } from "./times.ts"

/** A moment on the person's own clock, to the second if asked; in full, with the time zone, when pointed at. */
export function Timestamp({ at, toTheSecond }: { at: string; toTheSecond?: boolean }) {
  const now = useNow()
  return (
    <time dateTime={at} title={formatFullMoment(at)}>
      {formatMoment(at, now, toTheSecond)}
    </time>
  )
}

/**
 * The time since something began; `seenAlready` when it began before that moment, so that a span would be too short. Renders by itself
 * as time passes.
 */
export function Elapsed({ since, seenAlready = false }: { since: string; seenAlready?: boolean }) {
  const now = useNow()
  return (
    <time dateTime={since} title={`since ${seenAlready ? "before " : ""}${formatFullMoment(since)}`}>
      {seenAlready ? `before ${formatMoment(since, now)}` : formatSpan(now - Date.parse(since))}
    </time>
  )
}

/** The time left until a moment; `atMost` when it may come earlier. */
export function Remaining({ until, atMost = false }: { until: string; atMost?: boolean }) {
  const left = Date.parse(until) - useNow()
  return (
    <time dateTime={until} title={formatFullMoment(until)}>
      {left > 0 ? `${atMost ? "at most " : ""}${formatSpan(left)} left` : "the time is up"}
    </time>
  )
}
