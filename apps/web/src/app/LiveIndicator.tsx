import type { ReadState } from "@peering-desk/shared-schemas"
import type { StreamState } from "#api/stream/shared-stream.ts"
import { computeLiveness, findPause, type Liveness } from "#shared/polling/liveness.ts"
import { useNow } from "#ui/time/now.ts"
import { formatAge, formatMoment } from "#ui/time/times.ts"
import styles from "./LiveIndicator.module.css"

/** Everything else is read once a minute or more often. */
const restingAfterMs = 120_000

const words: Record<Liveness, (heardAt: number, now: number) => string> = {
  connecting: () => "Connecting",
  live: () => "Live",
  reconnecting: () => "Reconnecting",
  stale: (heardAt, now) => `Stale since ${formatMoment(heardAt, now)}`,
}

/** Shows how fresh the page is: whether the server is heard, whether it reads Atlas, and when it last did. */
export function LiveIndicator({ state, reads }: { state: StreamState; reads: ReadState }) {
  const now = useNow()
  const liveness = computeLiveness(state, now)
  const pause = liveness === "live" ? findPause(reads) : null
  const readAt = liveness === "live" && pause === null ? reads.oldestAt : null
  return (
    <div className="inline gap-8 nowrap quiet text-13 number end">
      <output className={`${styles.mark} ${pause === null ? styles[liveness] : ""}`}>
        <span className={`round ${styles.dot}`} aria-hidden="true" />
        {pause === null ? words[liveness](state.heardAt ?? now, now) : toPauseWords(pause, now)}
      </output>
      {/* Beside the live region: nobody wants to hear an age. */}
      {readAt !== null && (
        <span>
          <span className="from-600">Updated </span>
          <time dateTime={readAt}>{formatAge(now - Date.parse(readAt))} ago</time>
          {now - Date.parse(readAt) > restingAfterMs && (
            <span className={styles.wide}> · at rest: every 1 to 30 min</span>
          )}
        </span>
      )}
    </div>
  )
}

function toPauseWords({ what, at }: NonNullable<ReturnType<typeof findPause>>, now: number): string {
  const words = what === null ? "Not live" : `${what} not live`
  return at === null ? words : `${words} · last read ${formatMoment(at, now)}`
}
