import { isBroken } from "@peering-desk/peering-rules"
import { formatTimeLeft } from "#copy/expiry-words.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatFullMoment } from "#ui/time/times.ts"
import { Age, Timestamp } from "#ui/time/Timestamp.tsx"

/** The time left to accept, the time a connection waits, or the time since it failed. An old state shows only when it was read. */
export function RowTime({ row, isUrgent }: { row: InventoryRow; isUrgent: boolean }) {
  const now = useNow()
  const { expiry, turn, staleSince, peering } = row
  if (staleSince !== null) {
    return (
      <>
        at <Timestamp at={staleSince} />
      </>
    )
  }
  if (expiry !== null) {
    return (
      <>
        {isUrgent && <Icon name="clock" />}
        <time dateTime={expiry.earliest} title={formatFullMoment(expiry.earliest)}>
          {formatTimeLeft(expiry, now)}
        </time>
      </>
    )
  }
  if (peering.broken !== undefined && isBroken(peering))
    return (
      <>
        <Age since={peering.broken.since} /> ago
      </>
    )
  if (peering.statusSince === null) return null
  const age = <Age since={peering.statusSince} seenAlready={!peering.statusSinceSeen} />
  return turn === "failed" ? <>{age} ago</> : <>waiting {age}</>
}
