import { useNow } from "./now.ts"
import { formatAge, formatFullMoment, formatMoment } from "./times.ts"

/** A moment on the person's own clock, to the second if asked; in full, with the time zone, when pointed at. */
export function Timestamp({ at, toTheSecond }: { at: string; toTheSecond?: boolean }) {
  const now = useNow()
  return (
    <time dateTime={at} title={formatFullMoment(at)}>
      {formatMoment(at, now, toTheSecond)}
    </time>
  )
}

interface Since {
  since: string
  /** It began before it was first seen, so that the span is the least that it can be. */
  seenAlready?: boolean
}

/** The time since something began in its largest unit: `6 d`, or `≥ 8 min`. Renders by itself as time passes. */
export function Age({ since, seenAlready = false }: Since) {
  const now = useNow()
  const span = formatAge(now - Date.parse(since))
  return (
    <time dateTime={since} title={`${seenAlready ? "First observed" : "Since"} ${formatFullMoment(since)}`}>
      {seenAlready ? (
        <>
          <span aria-hidden="true">≥ </span>
          <span className="visually-hidden">at least </span>
          {span}
        </>
      ) : (
        span
      )}
    </time>
  )
}

/** How long ago something was pasted or read. */
export function TimeAgo({ at }: { at: string }) {
  return (
    <>
      <Age since={at} /> ago
    </>
  )
}
