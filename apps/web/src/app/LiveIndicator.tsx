import type { Watch } from "@peering-desk/shared-schemas"
import { useStreamState } from "#api/peerings/live-updates.ts"
import { useNow } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import styles from "./LiveIndicator.module.css"
import { computeLiveness, findPause } from "#shared/polling/liveness.ts"

/** Shows how fresh the page is: whether the server is heard, and whether it reads Atlas. */
export function LiveIndicator({ watches }: { watches: readonly Watch[] }) {
  const state = useStreamState()
  const now = useNow()
  const liveness = computeLiveness(state, now)
  const pause = liveness === "live" ? findPause(watches) : null
  return (
    <output className={`${styles.indicator} ${styles[pause === null ? liveness : "stale"]}`}>
      <span className={styles.dot} aria-hidden="true" />
      {liveness === "connecting" && "Connecting"}
      {liveness === "live" && pause === null && "Live"}
      {pause !== null &&
        `${pause.clouds === null ? "Not live" : `${pause.clouds} not live`}${pause.at === null ? "" : ` · last read ${formatMoment(pause.at, now)}`}`}
      {liveness === "reconnecting" && "Reconnecting"}
      {liveness === "stale" && `Stale since ${formatMoment(state.heardAt ?? now, now)}`}
    </output>
  )
}
