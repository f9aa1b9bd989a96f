import type { AuditEvent } from "#audit/audit-events.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import { listPeerings } from "./account-networks.ts"
import type { AccountRow } from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"
import { toDetail } from "./role-state.ts"

/** Disconnects an account. What was read through its role ends with it. */
export async function removeAccount(
  { audit, pollers }: Pick<AccountsDeps, "audit" | "pollers">,
  row: AccountRow,
  by: Pick<AuditEvent, "actor" | "address">,
): Promise<void> {
  const { id, projectId, account } = row
  const event = { ...by, action: "cloud-account-removed", projectId, detail: toDetail(row) } as const
  await audit.recordChange(event, async (transaction) => {
    await transaction.deleteFrom("network_facts").where("cloud_account", "=", id).execute()
    const { numDeletedRows } = await transaction
      .deleteFrom("cloud_account")
      .where("id", "=", id)
      .executeTakeFirst()
    for (const peering of listPeerings(pollers, projectId, account))
      await touchPeering(transaction, { projectId, id: peering.id })
    return numDeletedRows > 0n
  })
}
