import { useStreamState } from "#api/peerings/live-updates.ts"
import { useNow } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import styles from "./LiveIndicator.module.css"
import { computeLiveness } from "./liveness.ts"

/** Shows how fresh the page is. */
export function LiveIndicator() {
  const state = useStreamState()
  const now = useNow()
  const liveness = computeLiveness(state, now)
  return (
    <output className={`${styles.indicator} ${styles[liveness]}`}>
      <span className={styles.dot} aria-hidden="true" />
      {liveness === "connecting" && "Connecting"}
      {liveness === "live" && "Live"}
      {liveness === "reconnecting" && "Reconnecting"}
      {liveness === "stale" && `Stale since ${formatMoment(state.heardAt ?? now, now)}`}
    </output>
  )
}
