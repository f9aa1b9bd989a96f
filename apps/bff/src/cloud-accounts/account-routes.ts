import { randomBytes, randomUUID } from "node:crypto"
import type { CloudAccount, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toActorName } from "#audit/actor-fields.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { mayAdminister, mayView } from "#sign-in/access.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { Store } from "#store/store.ts"
import { countConnections, type NetworksDeps } from "./account-networks.ts"
import { readAccount, readAccounts, readAccountsOf, toCloudAccount, type AccountRow } from "./account-rows.ts"

export interface AccountsDeps extends NetworksDeps {
  store: Store
  clock: Clock
  audit: Pick<AuditLog, "recordChange" | "recordChanges">
  guards: Pick<RoleGuards, "check">
}

const mostAccounts = 50
/** Bytes at random in an external id. */
const externalIdBytes = 20

/** The AWS accounts that roles read, for the administrators of their projects. */
export function createCloudAccountHandlers(deps: AccountsDeps) {
  const { audit, clock, guards, store } = deps

  function show(row: AccountRow): CloudAccount {
    return toCloudAccount(row, { principal: null, connections: countConnections(deps, row) })
  }

  /** @throws AppError `not_found` when the person may not know of it, `forbidden` when they may see its project */
  async function find(request: Request, id: string): Promise<AccountRow> {
    const row = await readAccount(store.db, id)
    if (row === null || !mayView(userOf(request).access, row.projectId))
      throw new AppError("not_found", { detail: "No such account." })
    await guards.check(request, "administrator", row.projectId)
    return row
  }

  return {
    cloudAccounts: {
      async get({ request }) {
        const { access } = userOf(request)
        const rows = await readAccounts(store.db)
        return {
          accounts: rows.filter(({ projectId }) => mayAdminister(access, projectId)).map(show),
          templateUrl: null,
          readMinutes: 15,
        }
      },
      async post({ request, body: { projectId, name } }) {
        await guards.check(request, "administrator", projectId)
        if ((await readAccountsOf(store.db, projectId)).length >= mostAccounts)
          throw new AppError("invalid_request", {
            fields: { projectId: `This project has ${mostAccounts} accounts. Disconnect one first.` },
          })
        const id = randomUUID()
        const now = clock.now()
        await store.db
          .insertInto("cloud_account")
          .values({
            id,
            project_id: projectId,
            name,
            external_id: randomBytes(externalIdBytes).toString("hex"),
            state: "waiting",
            since: now,
            due_at: 0,
            missing: "[]",
            regions: "[]",
            calls: "[]",
            by_name: toActorName(userOf(request).identity),
            at: now,
          })
          .execute()
        return show(await find(request, id))
      },
    },
    cloudAccount: {
      async delete({ request, params: { accountId } }) {
        const { projectId, name, account, roleArn } = await find(request, accountId)
        const detail = { id: accountId, name, ...(account && { account }), ...(roleArn && { role: roleArn }) }
        await audit.recordChange(
          { action: "cloud-account-removed", ...toActor(request), projectId, detail },
          async (transaction) => {
            await transaction.deleteFrom("network_facts").where("cloud_account", "=", accountId).execute()
            await transaction.deleteFrom("cloud_account").where("id", "=", accountId).execute()
            return true
          },
        )
      },
    },
    cloudRole: {
      put: async ({ request, params: { accountId } }) => show(await find(request, accountId)),
    },
    checkCloudAccount: {
      post: async ({ request, params: { accountId } }) => show(await find(request, accountId)),
    },
    networks: { get: () => ({ networks: [] }) },
  } satisfies ApiHandlers<
    Routes,
    "cloudAccounts" | "cloudAccount" | "cloudRole" | "checkCloudAccount" | "networks"
  >
}
