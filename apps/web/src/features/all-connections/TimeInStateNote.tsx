import type { TimeInState } from "@peering-desk/shared-schemas"
import { useNow } from "#ui/time/now.ts"
import { formatSpan } from "#ui/time/times.ts"
import table from "#ui/table/DataTable.module.css"
import styles from "./all-connections.module.css"

/**
 * Compares the time in a state with how long other connections of this cloud stayed in it. Renders by itself as time passes.
 * @param since null when nobody saw the state begin
 */
export function TimeInStateNote({ since, time }: { since: string | null; time: TimeInState }) {
  const now = useNow()
  const isSlow = since !== null && now - Date.parse(since) > time.p90Ms
  return (
    <>
      {isSlow && <span className={styles.slow}>slower than 9 of 10 here</span>}
      <span className={table.sub} title={`Out of ${time.count} seen here`}>
        half within {formatSpan(time.p50Ms)}, 9 of 10 within {formatSpan(time.p90Ms)}
      </span>
    </>
  )
}
