import type { TimeInState } from "@peering-desk/shared-schemas"
import { useNow } from "#ui/now.ts"
import { formatSpan } from "#ui/times.ts"
import styles from "./inventory.module.css"

/** Says when a connection takes longer than nine of ten did here. Renders by itself as time goes by. */
export function TimeInStateNote({ since, time }: { since: string; time: TimeInState }) {
  const spentMs = useNow() - Date.parse(since)
  const usual = `Half took ${formatSpan(time.p50Ms)} at most, nine of ten ${formatSpan(time.p90Ms)}, out of ${time.count}`
  return spentMs > time.p90Ms ? (
    <span className={styles.slow} title={usual}>
      slower than 9 of 10 here
    </span>
  ) : (
    <span className={styles.sub} title={usual}>
      usually {formatSpan(time.p50Ms)}
    </span>
  )
}
