import {
  CloudRight,
  type NetworkFacts,
  type CloudAccount,
  type CloudAccountState,
} from "@peering-desk/shared-schemas"
import type { Kysely, Selectable, Transaction } from "kysely"
import { toInstant } from "#base/clock.ts"
import type { CloudAccountTable } from "#store/cloud-tables.ts"
import type { Tables } from "#store/tables.ts"

/** What was read of one region. Times are milliseconds since 1970. */
export interface ReadRegion {
  region: string
  readAt: number
  /** Small facts of its VPCs. */
  networks: NetworkFacts[]
  /** Why it could not be read the last time; left out where it could. */
  problem?: string
}

/** A row of the table `cloud_account`. */
export type AccountRow = ReturnType<typeof toRow>

/** An account with a named role. */
export type NamedAccount = AccountRow & { account: string; roleArn: string }

/** Returns true once a role is named. */
export function isNamed(row: AccountRow): row is NamedAccount {
  return row.roleArn !== null && row.account !== null
}

/** Reads one account; null without it. */
export async function readAccount(db: Kysely<Tables>, id: string): Promise<AccountRow | null> {
  const row = await db.selectFrom("cloud_account").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toRow(row)
}

/** Returns whether an account still has this role. */
export async function hasRole(
  db: Kysely<Tables>,
  { id, roleArn }: Pick<NamedAccount, "id" | "roleArn">,
): Promise<boolean> {
  const row = await db.selectFrom("cloud_account").select("role_arn").where("id", "=", id).executeTakeFirst()
  return row?.role_arn === roleArn
}

/** Reads the accounts of one project, by name. */
export async function readAccountsOf(db: Kysely<Tables>, projectId: string): Promise<AccountRow[]> {
  const rows = await db
    .selectFrom("cloud_account")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("name")
    .orderBy("id")
    .execute()
  return rows.map(toRow)
}

/** Reads the networks that roles listed in a project's accounts. */
export async function readListedNetworks(db: Kysely<Tables>, projectId: string): Promise<NetworkFacts[]> {
  const rows = await readAccountsOf(db, projectId)
  return rows.flatMap(({ regions }) => regions.flatMap(({ networks }) => networks))
}

/** Reads the accounts of all projects, by name. */
export async function readAccounts(db: Kysely<Tables>): Promise<AccountRow[]> {
  const rows = await db.selectFrom("cloud_account").selectAll().orderBy("name").orderBy("id").execute()
  return rows.map(toRow)
}

/** Changes some columns of an account. */
export async function updateAccount(
  transaction: Transaction<Tables>,
  id: string,
  changed: Partial<Omit<AccountRow, "id" | "projectId" | "externalId">>,
): Promise<void> {
  const columns = {
    name: changed.name,
    role_arn: changed.roleArn,
    account: changed.account,
    state: changed.state,
    problem: changed.problem,
    since: changed.since,
    checked_at: changed.checkedAt,
    read_at: changed.readAt,
    due_at: changed.dueAt,
    missing: changed.missing && JSON.stringify(changed.missing),
    open_to_others: changed.isOpenToOthers == null ? changed.isOpenToOthers : Number(changed.isOpenToOthers),
    regions: changed.regions && JSON.stringify(changed.regions),
  }
  await transaction.updateTable("cloud_account").set(columns).where("id", "=", id).execute()
}

/** Formats an account for pages. */
export function toCloudAccount(
  row: AccountRow,
  { principal, connections }: Pick<CloudAccount, "principal" | "connections">,
): CloudAccount {
  const { dueAt: _dueAt, regions: read, since, checkedAt, readAt, ...same } = row
  const regions = read.filter(({ networks }) => networks.length > 0)
  return {
    ...same,
    principal,
    since: toInstant(since),
    checkedAt: toInstant(checkedAt),
    readAt: toInstant(readAt),
    vpcs: regions.reduce((sum, { networks }) => sum + networks.length, 0),
    regions: regions.map(({ region }) => region).toSorted(),
    connections,
  }
}

function toRow(row: Selectable<CloudAccountTable>) {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    account: row.account,
    roleArn: row.role_arn,
    externalId: row.external_id,
    state: row.state as CloudAccountState,
    problem: row.problem,
    since: row.since,
    checkedAt: row.checked_at,
    readAt: row.read_at,
    dueAt: row.due_at,
    missing: (JSON.parse(row.missing) as string[]).flatMap((right) => CloudRight.safeParse(right).data ?? []),
    isOpenToOthers: row.open_to_others === null ? null : row.open_to_others === 1,
    regions: JSON.parse(row.regions) as ReadRegion[],
  }
}
