import type { Peering } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { getStatusName } from "#copy/peerings.ts"
import styles from "./PeeringPage.module.css"

/** What was seen of a connection and when, the latest last, so that nothing moves when it comes. What happened before this server looked is not claimed. */
export function PeeringHistory({ peering, goneAt }: { peering: Peering; goneAt: string | null }) {
  const entries = peering.history.map((entry, index) => ({
    ...entry,
    already: index === 0 && !peering.beginSeen,
  }))
  return (
    <Card title="Seen so far">
      <ol className={styles.history}>
        {entries.map(({ status, at, already }) => (
          <li key={at}>
            <span className={styles.when}>
              <Timestamp at={at} />
            </span>
            {getStatusName(status)} {status !== null && <code>{status}</code>}
            {already && ", already so when this server began to watch"}
          </li>
        ))}
        {goneAt !== null && (
          <li>
            <span className={styles.when}>
              <Timestamp at={goneAt} />
            </span>
            No longer listed by Atlas
          </li>
        )}
      </ol>
    </Card>
  )
}
