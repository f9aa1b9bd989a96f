import type { AttentionGroup } from "@peering-desk/shared-schemas"
import { formatTimeLeft } from "#copy/expiry-words.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { Icon } from "#ui/marks/Icon.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatFullMoment } from "#ui/time/times.ts"
import { Age, Timestamp } from "#ui/time/Timestamp.tsx"

/** The time left to accept, or since it was declined, broke or failed. An old state shows only when it was read. */
export function RowTime({ row, group }: { row: InventoryRow; group: AttentionGroup }) {
  const now = useNow()
  const { expiry, staleSince, peering } = row
  if (staleSince !== null) {
    return (
      <>
        at <Timestamp at={staleSince} />
      </>
    )
  }
  if (group === "declined" && peering.declined !== undefined)
    return (
      <>
        <Age since={peering.declined.at} /> ago
      </>
    )
  if (expiry !== null) {
    return (
      <>
        {group === "expiring" && <Icon name="clock" />}
        <time dateTime={expiry.earliest} title={formatFullMoment(expiry.earliest)}>
          {formatTimeLeft(expiry, now)}
        </time>
      </>
    )
  }
  if (group === "broken" && peering.broken !== undefined)
    return (
      <>
        since <Timestamp at={peering.broken.since} />
      </>
    )
  if (peering.statusSince === null) return null
  const age = <Age since={peering.statusSince} seenAlready={!peering.statusSinceSeen} />
  return group === "failed" ? <>{age} ago</> : <>waiting {age}</>
}
