import { toNetworkName } from "@peering-desk/peering-rules"
import type { CloudRight, Peering } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { ReadingRole } from "#cloud-reading/reading.ts"
import type { CloudFacts } from "#facts/cloud-facts.ts"
import { readNewestTime } from "#facts/network-facts.ts"
import { readAccountNetworks, type AccountConnection } from "./account-networks.ts"
import {
  isNamed,
  readAccount as readRow,
  readAccountsOf,
  updateAccount,
  type AccountRow,
  type NamedAccount,
} from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"
import { callsPerMinute, reserveCalls } from "./call-budget.ts"
import { keepReading } from "./keep-reading.ts"
import { ofOneRegion } from "./role-state.ts"
import { step } from "#store/step.ts"

/** While somebody views a connection, its network is read this often. */
const viewedEveryMs = 30_000
/** A reading that somebody asked for is not repeated sooner. */
const askedEveryMs = 3_000

const noRegion =
  "Nothing to read yet: this project has no container and no connection on AWS, so no region is known."

export interface AccountReader extends CloudFacts {
  readAccount: (row: NamedAccount) => Promise<void>
}

/** Reads connected accounts through their roles. Does nothing about what AWS refuses but note it. */
export function createAccountReader(deps: AccountsDeps): AccountReader {
  const { clock, cloudReader, cloudSettings, store } = deps

  /** Reads an account: its connections' networks and the VPCs of its regions, the longest unread first. */
  async function readAccount(row: NamedAccount): Promise<void> {
    const now = clock.now()
    const allowance = await reserveCalls(store, { id: row.id, now })
    if (allowance === null) return
    const { readEveryMs } = cloudSettings
    const nextAt = readEveryMs === 0 ? null : now + readEveryMs
    const refused: CloudRight[] = []
    const granted: CloudRight[] = []
    let used = 0
    try {
      const { connections, regions, areKnown } = await readAccountNetworks(deps, row)
      const planned = planRegions(row, connections, regions)
      for (const region of planned) {
        if (used >= allowance.calls) break
        const vpcIds = [...new Set(connections.flatMap((one) => (one.region === region ? one.vpcId : [])))]
        const mostCalls = allowance.calls - used
        const reading = await cloudReader.read(toRole(row), { region, vpcIds, mostCalls, lists: true })
        used += reading.calls
        refused.push(...reading.missing)
        granted.push(...reading.granted)
        await keepReading(deps, row, { region, planned, reading, connections, nextAt })
        if (reading.problem !== null && !ofOneRegion.has(reading.problem.code)) break
      }
      await step(store, async ({ transaction }) => {
        const present = await readRow(transaction, row.id)
        // A right may be refused in one region and granted in the next.
        const isMissing = (right: CloudRight) => refused.includes(right) || !granted.includes(right)
        const isIdle = areKnown && planned.length === 0 && present?.state === "reading"
        await updateAccount(transaction, row.id, {
          ...(isIdle && { problem: noRegion }),
          dueAt: nextAt ?? Number.MAX_SAFE_INTEGER,
          ...(present?.roleArn === row.roleArn && { missing: present.missing.filter(isMissing) }),
        })
      })
    } finally {
      await allowance.settle(used)
    }
  }

  async function findRow({ projectId, peer }: Peering): Promise<AccountRow | null> {
    if (peer.providerName !== "AWS" || peer.awsAccountId == null) return null
    const rows = await readAccountsOf(store.db, projectId)
    return rows.find(({ account }) => account === peer.awsAccountId) ?? null
  }

  async function readConnection(
    peering: Peering,
    { everyMs, least }: { everyMs: number; least: number },
  ): Promise<void> {
    const row = await findRow(peering)
    const network = toNetworkName(peering.peer)
    if (row === null || network === null || !isNamed(row)) return
    const now = clock.now()
    const readAt = await readNewestTime(store.db, { projectId: peering.projectId, network, source: "read" })
    if (readAt !== null && Math.abs(now - readAt) < everyMs) return
    const { connections, regions } = await readAccountNetworks(deps, row)
    const own = connections.find((one) => one.peering.id === peering.id)
    if (own === undefined) return
    const allowance = await reserveCalls(store, { id: row.id, now, least })
    if (allowance === null) return
    const { region, vpcId } = own
    const asked = { region, vpcIds: [vpcId], mostCalls: allowance.calls, lists: false }
    // A role that can't be assumed takes no call of EC2, and is not tried without end either.
    let used = 1
    try {
      const reading = await cloudReader.read(toRole(row), asked)
      used = Math.max(used, reading.calls)
      const nextAt = cloudSettings.readEveryMs === 0 ? null : Math.max(row.dueAt, reading.at)
      const planned = planRegions(row, connections, regions)
      await keepReading(deps, row, { region, planned, reading, connections, nextAt })
    } finally {
      await allowance.settle(used)
    }
  }

  return {
    readAccount,
    readViewed: (peering) => readConnection(peering, { everyMs: viewedEveryMs, least: 0 }),
    readNow: (peering) => readConnection(peering, { everyMs: askedEveryMs, least: callsPerMinute }),
    async findAccount(peering) {
      const row = await findRow(peering)
      if (row === null) return undefined
      const { id, name, state, problem, missing, since, readAt } = row
      return { id, name, state, problem, missing, since: toInstant(since), readAt: toInstant(readAt) }
    },
  }
}

/** Leaves out what the thread has no use for. */
function toRole({ roleArn, externalId }: NamedAccount): ReadingRole {
  return { roleArn, externalId }
}

/** Lists regions, the longest unread first; of equal ones, regions with connections. */
function planRegions(
  row: AccountRow,
  connections: readonly AccountConnection[],
  containerRegions: readonly string[],
): string[] {
  const regions = [...new Set([...connections.map(({ region }) => region), ...containerRegions])]
  const readAt = (region: string) => row.regions.find((one) => one.region === region)?.readAt ?? 0
  return regions.toSorted((one, other) => readAt(one) - readAt(other))
}
