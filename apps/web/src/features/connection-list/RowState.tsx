import type { TimeInState } from "@peering-desk/shared-schemas"
import { toProvenWords } from "#copy/stops.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { toRowStops } from "#shared/inventory/RowPath.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatDeadline, formatSpan } from "#ui/time/times.ts"
import { summariseRow } from "./rows/row-state.ts"
import styles from "./ConnectionList.module.css"

/** The state of a row in words. Renders by itself as time passes. An old state shows no countdown, only fixed times. */
export function RowState({ row, usual }: { row: InventoryRow; usual: TimeInState | null }) {
  const now = useNow()
  const { staleSince, turn } = row
  const { tone, title, below } = summariseRow(row, now, usual?.p50Ms)
  const isStale = staleSince !== null
  const isSlow = turn === "atlas" && takesLong(row, usual, now)
  const words = isStale ? toFixedWords(row, below) : isSlow ? "slower than usual" : below
  const isQuiet = tone === "works" && words === null
  return (
    <span
      className={styles.status}
      title={
        usual === null
          ? undefined
          : `Median ${formatSpan(usual.p50Ms)}, p90 ${formatSpan(usual.p90Ms)}, ${usual.count} samples`
      }
    >
      <StateText
        tone={tone}
        words={title}
        isStale={isStale}
        below={isQuiet ? toProvenWords(toRowStops(row, now)) : words}
      />
    </span>
  )
}

function takesLong({ peering }: InventoryRow, usual: TimeInState | null, now: number) {
  const { statusSince, statusSinceSeen } = peering
  return statusSinceSeen && statusSince !== null && now - Date.parse(statusSince) > (usual?.p90Ms ?? Infinity)
}

function toFixedWords({ expiry, turn }: InventoryRow, below: string | null): string | null {
  if (expiry !== null) return `expires ${formatDeadline(expiry.earliest)}${expiry.isExact ? "" : " or later"}`
  return turn === "atlas" ? "may have changed" : below
}
