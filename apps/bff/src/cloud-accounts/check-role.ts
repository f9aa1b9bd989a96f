import type { Kysely } from "kysely"
import type { AuditEvent } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import { parseArn } from "#cloud-reading/arn.ts"
import type { RoleCheck } from "#cloud-reading/reading.ts"
import type { Tables } from "#store/tables.ts"
import { readAccountNetworks } from "./account-networks.ts"
import {
  readAccount,
  readAccountsOf,
  updateAccount,
  type AccountRow,
  type NamedAccount,
} from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"
import { toCheckedState, toDetail, toRefusedEvents } from "./role-state.ts"

type By = Pick<AuditEvent, "actor" | "address">

/**
 * Names the role of an account and checks it. What another role read before ends.
 * @throws AppError `account_connected` when the project has the role's AWS account already
 */
export async function nameRole(deps: AccountsDeps, row: AccountRow, roleArn: string, by: By): Promise<void> {
  const { account } = parseArn(roleArn)
  await refuseSecond(deps.store.db, row, account)
  await checkRole(deps, { ...row, roleArn, account }, by, "cloud-account-connected")
}

/**
 * Checks the role of an account now.
 * @param action recorded when the role works
 */
export async function checkRole(
  deps: AccountsDeps,
  row: NamedAccount,
  by: By,
  action: "cloud-account-connected" | "cloud-account-checked" = "cloud-account-checked",
): Promise<void> {
  const { roleArn, externalId } = row
  const { connections, regions } = await readAccountNetworks(deps, row)
  const region = connections[0]?.region ?? regions[0] ?? parseArn(roleArn).usualRegion
  const check = await deps.cloudReader.check({ roleArn, externalId }, region)
  await keepCheck(deps, row, check, (why) => ({
    ...by,
    action: why === null ? action : "cloud-account-checked",
    projectId: row.projectId,
    detail: { ...toDetail(row), missing: check.missing.join(", "), ...(why !== null && { why }) },
  }))
}

async function keepCheck(
  { audit, clock }: AccountsDeps,
  named: NamedAccount,
  { problem, missing, isOpenToOthers }: RoleCheck,
  toEvent: (why: string | null) => AuditEvent,
): Promise<void> {
  const now = clock.now()
  await audit.recordChanges(async (transaction) => {
    const row = await readAccount(transaction, named.id)
    if (row === null) return []
    const { roleArn, account } = named
    await refuseSecond(transaction, named, account)
    const isOther = row.roleArn !== roleArn
    const before = isOther ? { ...row, state: "waiting" as const } : row
    const next = toCheckedState(before, problem, now)
    // Facts of another account are none of this one.
    if (row.account !== account)
      await transaction.deleteFrom("network_facts").where("cloud_account", "=", row.id).execute()
    await updateAccount(transaction, row.id, {
      ...next,
      roleArn,
      account,
      checkedAt: now,
      // Read at once: somebody waits for the VPCs.
      dueAt: 0,
      ...(problem === null || isOther ? { missing, isOpenToOthers } : {}),
      ...(row.account !== account && { regions: [], readAt: null }),
    })
    return [toEvent(next.problem), ...toRefusedEvents(before, next)]
  })
}

/** @throws AppError `account_connected` */
async function refuseSecond(
  db: Kysely<Tables>,
  { id, projectId }: Pick<AccountRow, "id" | "projectId">,
  account: string,
): Promise<void> {
  const others = await readAccountsOf(db, projectId)
  const other = others.find((one) => one.id !== id && one.account === account)
  if (other === undefined) return
  throw new AppError("account_connected", {
    detail: `This project has AWS account ${account} already, as “${other.name}”. Disconnect that one first, or enter a role of another account.`,
  })
}
