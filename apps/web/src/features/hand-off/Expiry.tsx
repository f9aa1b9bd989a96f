import { toExpiry } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { formatExpiry } from "#copy/expiry-words.ts"
import { useNow } from "#ui/time/now.ts"
import { formatFullMoment } from "#ui/time/times.ts"

/** When AWS drops the request: a time, or the earliest one where only bounds are known. */
export function Expiry({
  view: { expiresEarliest: earliest, expiresLatest: latest },
}: {
  view: HandOffView
}) {
  const now = useNow()
  if (earliest === null) return null
  if (now >= Date.parse(latest ?? earliest)) return "The time to accept is over."
  if (now >= Date.parse(earliest)) return "May have expired already. Check in AWS."
  return (
    <>
      AWS drops the request on{" "}
      <time dateTime={earliest} title={formatFullMoment(earliest)}>
        {formatExpiry(
          latest === null ? { earliest, latest: earliest, isExact: false } : toExpiry(earliest, latest),
        )}
      </time>
      .
    </>
  )
}
