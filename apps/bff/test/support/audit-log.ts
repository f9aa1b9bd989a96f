import type { Store } from "#store/store.ts"
import type { AuditAttempt, AuditEvent } from "#audit/audit-events.ts"
import { readAuditPages, readAuditRow, readChainEnd, type StoredAuditRow } from "#audit/chain/audit-rows.ts"
import { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import { readChainPages } from "#audit/chain/chain-pages.ts"
import { verifyChain } from "#audit/chain/hash-chain.ts"
import { chainStart, type ChainEnd } from "#audit/chain/row-hash.ts"

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

export function openAuditLog(store: Store, clock: Clock): AuditLog {
  return new AuditLog({ store, clock, secrets: ["a-secret"] })
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
    await attempt.complete({ outcome: "unknown", answerCode: null, after: null })
    await afterRow()
    await attempt.complete({
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
  return await verifyChain({
    pages: readChainPages(store),
    readRow: (sequence) => readAuditRow(store, sequence),
    checkpoints,
  })
}

export async function readEnd(store: Store): Promise<ChainEnd> {
  const { sequence, hash } = (await readChainEnd(store, store.db)) ?? chainStart
  return { sequence, hash }
}

export async function readRows(store: Store): Promise<StoredAuditRow[]> {
  const rows: StoredAuditRow[] = []
  for await (const page of readAuditPages(store)) rows.push(...page)
  return rows
}
