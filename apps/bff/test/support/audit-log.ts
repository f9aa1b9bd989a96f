import type { Store } from "#store/store.ts"
import type { AuditAttempt, AuditEvent } from "#audit/audit-events.ts"
import type { AuditRow } from "@peering-desk/shared-schemas"
import { toAuditRow } from "#audit/chain/event-data.ts"
import { readEventPages, type StoredEvent } from "#audit/chain/event-rows.ts"
import { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import { verifyChain } from "#audit/chain/hash-chain.ts"
import { chainStart, type ChainEnd } from "#audit/chain/row-hash.ts"
import { toNotificationEvents, type NotificationEvent } from "#events/notifications.ts"

export const olivia = { issuer: "https://sso.example", subject: "olivia", name: "Olivia Österberg" }
export const projectId = "5fbcdf7ad0cdd06f36a1d66e"

export const signIn: AuditEvent = {
  action: "sign-in",
  actor: olivia,
  address: "192.0.2.7",
  detail: { session: "a-listed-id" },
}

export const peeringCreate: AuditAttempt = {
  action: "peering-create",
  actor: olivia,
  address: "192.0.2.7",
  projectId,
  peeringId: null,
  reason: "payments needs the new VPC 🚀",
  request: { providerName: "AWS", vpcId: "vpc-0a1b2c3d4e5f60718" },
  before: null,
}

export function openAuditLog(store: Store, clock: Clock, secret = "a-secret"): AuditLog {
  return new AuditLog({ store, clock, secrets: [secret] })
}

/**
 * Writes rows of every kind, 4 per round.
 * @param afterRow is called after each
 */
export async function fillAuditLog(
  audit: AuditLog,
  rounds: number,
  afterRow: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await audit.record({ ...signIn, actor: { ...olivia, subject: `olivia-${round}` } })
    await afterRow()
    const attempt = await audit.attempt({
      ...peeringCreate,
      reason: round % 2 === 0 ? null : `round ${round}`,
    })
    await afterRow()
    await audit.complete(attempt, { outcome: "unknown", answerCode: null, after: null })
    await afterRow()
    await audit.complete(attempt, {
      outcome: "done",
      answerCode: "201",
      peeringId: `p-${round}`,
      after: { id: `p-${round}`, statusName: "INITIATING" },
    })
    await afterRow()
  }
}

export async function verifyStore(
  store: Store,
  checkpoints: readonly ChainEnd[] = [],
): ReturnType<typeof verifyChain> {
  return await verifyChain(store, { checkpoints })
}

export async function readEnd(store: Store): Promise<ChainEnd> {
  const last = (await readEventRows(store)).at(-1)
  return last === undefined ? chainStart : { sequence: last.number, hash: last.hash }
}

/** Returns the events as they are stored. */
export async function readEventRows(store: Store): Promise<StoredEvent[]> {
  const rows: StoredEvent[] = []
  for await (const page of readEventPages(store)) rows.push(...page)
  return rows
}

/** Returns the notifications, oldest first. */
export async function readNotifications(store: Store): Promise<NotificationEvent[]> {
  return (await readEventRows(store)).flatMap(toNotificationEvents)
}

/** Returns the rows of the audit log as the API does, without findings. */
export async function readRows(store: Store): Promise<AuditRow[]> {
  return (await readEventRows(store)).filter(({ phase }) => phase !== "finding").map(toAuditRow)
}
