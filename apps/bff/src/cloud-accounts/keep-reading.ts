import { setImmediate } from "node:timers/promises"
import { toNetworkName } from "@peering-desk/peering-rules"
import type { NetworkFacts } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { AuditEvent } from "#audit/audit-events.ts"
import { toInstant } from "#base/clock.ts"
import { parseArn } from "#cloud-reading/arn.ts"
import type { Reading } from "#cloud-reading/reading.ts"
import { keepFacts, mapFacts, readKeptFacts } from "#facts/network-facts.ts"
import { noteBroken, noteSeen } from "#facts/note-stops.ts"
import { findBroken, listSeen } from "#facts/undone-steps.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import type { Tables } from "#store/tables.ts"
import type { AccountConnection } from "./account-networks.ts"
import {
  hasRole,
  readAccount,
  updateAccount,
  type AccountRow,
  type NamedAccount,
  type ReadRegion,
} from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"
import { ofOneRegion, toRefusedEvents, toState } from "./role-state.ts"

/** What was read of one region of an account. */
interface Kept {
  region: string
  /** All regions that are read. */
  planned: readonly string[]
  reading: Reading
  connections: readonly AccountConnection[]
  /** When the next reading is due; null without one. */
  nextAt: number | null
}

/** A reading still proves while the next one runs. */
const readingTakesMs = 60_000

/**
 * Keeps what was read: first of the account, then of each network in one step with its events. Between two steps the server answers
 * requests. An account that ended meanwhile, or has another role, keeps nothing.
 */
export async function keepReading(deps: AccountsDeps, account: NamedAccount, kept: Kept): Promise<void> {
  const { audit, clock } = deps
  const { networks } = kept.reading
  const isOff = networks.some(
    ({ facts: { dns } }) => dns?.value.support === false || dns?.value.hostnames === false,
  )
  const customDns = isOff ? await deps.projectCache.of(account.projectId).readCustomDns() : undefined
  const connections = kept.connections.map((connection) => ({ ...connection, customDns }))
  await audit.recordChanges((transaction) => keepState(transaction, account, kept, clock.now()))
  for (const network of networks) {
    await setImmediate()
    await audit.recordChanges((transaction) =>
      keepNetwork(transaction, account, { ...kept, ...network, connections, now: clock.now() }),
    )
  }
}

async function keepState(
  transaction: Transaction<Tables>,
  account: NamedAccount,
  kept: Kept,
  now: number,
): Promise<AuditEvent[]> {
  const row = await readAccount(transaction, account.id)
  if (row?.roleArn !== account.roleArn) return []
  const { planned, reading } = kept
  const isLate = row.readAt !== null && row.readAt > reading.at
  const regions = toRegions(row, kept)
  const own = regions.filter(({ region }) => planned.includes(region))
  const failing = own.find(({ problem }) => problem !== undefined)
  const isPartly =
    row.state === "reading" && isOfRegion(reading) && own.some(({ problem }) => problem === undefined)
  // Where something was read the role works, though a call failed.
  const after = isLate || isPartly ? row : toState(row, hasRead(reading) ? null : reading.problem, now)
  const state =
    after.state === "reading" && failing !== undefined
      ? { ...after, problem: `${failing.region}: ${failing.problem}` }
      : after
  await updateAccount(transaction, row.id, {
    state: state.state,
    problem: state.problem,
    since: state.since,
    missing: [...new Set([...row.missing, ...reading.missing])],
    regions,
    ...(hasRead(reading) && !isLate && { readAt: reading.at }),
  })
  return toRefusedEvents(row, state)
}

async function keepNetwork(
  transaction: Transaction<Tables>,
  named: NamedAccount,
  { connections, vpcId, facts, nextAt, now }: Kept & { vpcId: string; facts: NetworkFacts; now: number },
): Promise<AuditEvent[]> {
  const { id: cloudAccount, projectId, account, roleArn } = named
  const network = toNetworkName({ id: "", providerName: "AWS", awsAccountId: account, vpcId })
  // A VPC that another account shares is not this account's.
  if (network === null || (facts.account !== undefined && facts.account.value !== account)) return []
  if (!(await hasRole(transaction, named))) return []
  const subject = { projectId, network }
  const before = await readKeptFacts(transaction, subject)
  await keepFacts(transaction, {
    ...subject,
    source: "read",
    by: parseArn(roleArn).name,
    facts: withUntil(facts, nextAt),
    now,
    cloudAccount,
  })
  const after = await readKeptFacts(transaction, subject)
  const own = connections.filter((connection) => connection.vpcId === vpcId)
  const { events, broken } = findBroken(own, { before, after, now })
  await noteBroken(transaction, subject, broken)
  await noteSeen(transaction, subject, listSeen(own, { after, now }))
  for (const { peering } of own) await touchPeering(transaction, { projectId, id: peering.id })
  return events
}

/** Notes how long a reading proves. Without a next reading it does so for five minutes. */
function withUntil(facts: NetworkFacts, nextAt: number | null): NetworkFacts {
  const until = nextAt === null ? undefined : toInstant(nextAt + readingTakesMs)
  return mapFacts(facts, (fact) => ({ ...fact, until }))
}

/** An empty list may be one that couldn't be read, so the one before stays. A region that fails lets the others go first the next time. */
function toRegions({ regions }: AccountRow, { region, reading, nextAt }: Kept): ReadRegion[] {
  const known = regions.find((one) => one.region === region)
  const listed = reading.listed.map((facts) => withUntil(facts, nextAt))
  if (reading.problem?.code === "throttled" && listed.length === 0) return regions
  const networks = listed.length > 0 ? listed : (known?.networks ?? [])
  const problem = isOfRegion(reading) ? { problem: reading.problem?.says ?? "" } : {}
  return [...regions.filter((one) => one !== known), { region, readAt: reading.at, networks, ...problem }]
}

/** Returns true for a region that failed, perhaps alone. One that is switched off is no failure. */
function isOfRegion(reading: Reading): boolean {
  const code = reading.problem?.code ?? ""
  return !hasRead(reading) && ofOneRegion.has(code) && code !== "region-off"
}

function hasRead({ problem, listed, networks }: Reading): boolean {
  return problem === null || listed.length + networks.length > 0
}
