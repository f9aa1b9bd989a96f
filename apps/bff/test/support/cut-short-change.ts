import { seededIds } from "@peering-desk/atlas-simulator"
import { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import { ChangeRows } from "#changes/engine/change-rows.ts"
import type { Store } from "#store/store.ts"
import { peeringCreate } from "./audit-log.ts"

/** Writes what a server that is killed leaves of the deletion of a connection, which Atlas no longer lists. */
export async function leaveCutShort(store: Store, clock: Clock, secret: string): Promise<void> {
  const rows = new ChangeRows({ store, clock, processId: null })
  const about = { projectId: seededIds.analytics, before: {} }
  const attempt = { ...peeringCreate, ...about, action: "peering-delete", peeringId: "p" } as const
  const plan = { providerName: "AWS" }
  await new AuditLog({ store, clock, secrets: [secret] }).attempt(attempt, async (sequence, transaction) => {
    const one = { id: "c", kind: attempt.action, subject: "p", plan, ...about }
    const change = { ...one, userKey: "nobody", held: null }
    await rows.insert(transaction, change, { sentBy: sequence })
  })
}
