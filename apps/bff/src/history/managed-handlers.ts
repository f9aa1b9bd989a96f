import type { ManagedKeyList, Routes } from "@peering-desk/shared-schemas"
import { escapeInvisible } from "@peering-desk/shared-schemas"
import { toActorName } from "#audit/actor-fields.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { Store } from "#store/store.ts"

interface ManagedDeps {
  store: Store
  clock: Clock
  audit: Pick<AuditLog, "recordChange">
  pollers: PollerPool
  isOwnKey: (key: string) => boolean
}

const mostKeys = 30

/** The keys of other tools that manage connections, in the table `managed_key`, and the override of an administrator. */
export function createManagedHandlers({ store, clock, audit, pollers, isOwnKey }: ManagedDeps) {
  async function list(projectId: string): Promise<ManagedKeyList> {
    const rows = await store.db
      .selectFrom("managed_key")
      .selectAll()
      .where("project_id", "=", projectId)
      .orderBy("name")
      .execute()
    const keys = rows.map(({ key, name, by_name: by, at }) => ({ key, name, by, at: toInstant(at) }))
    return { keys: escapeInvisible(keys) }
  }

  function refuse(message: string): never {
    throw new AppError("invalid_request", { fields: { key: message } })
  }

  return {
    managedBy: {
      get: ({ params }) => list(params.projectId),
      async post({ request, params: { projectId }, body: { key, name } }) {
        if (isOwnKey(key)) refuse("This is this server's own key")
        const { keys } = await list(projectId)
        if (keys.length >= mostKeys && !keys.some((one) => one.key === key))
          refuse(`There are ${mostKeys} keys. Remove one first.`)
        const row = { name, by_name: toActorName(userOf(request).identity), at: clock.now() }
        await audit.recordChange(
          { action: "managed-key-listed", ...toActor(request), projectId, detail: { key, name } },
          async (transaction) => {
            await transaction
              .insertInto("managed_key")
              .values({ project_id: projectId, key, ...row })
              .onConflict((conflict) => conflict.columns(["project_id", "key"]).doUpdateSet(row))
              .execute()
            await touchPeering(transaction, { projectId })
          },
        )
        return await list(projectId)
      },
    },
    managedKey: {
      async delete({ request, params: { projectId, managedKey: key } }) {
        const { keys } = await list(projectId)
        const name = keys.find((one) => one.key === key)?.name
        if (name === undefined) throw new AppError("not_found", { detail: "No such key." })
        await audit.recordChange(
          { action: "managed-key-removed", ...toActor(request), projectId, detail: { key, name } },
          async (transaction) => {
            await transaction
              .deleteFrom("managed_key")
              .where("project_id", "=", projectId)
              .where("key", "=", key)
              .execute()
            await touchPeering(transaction, { projectId })
          },
        )
      },
    },
    managedOverride: {
      async post({ request, params: { projectId, peeringId }, body: { reason } }) {
        const { managedBy: name } = await getPeering(pollers, projectId, peeringId)
        if (name === undefined)
          throw new AppError("not_changeable", { detail: "No other tool manages this connection." })
        await audit.recordChange(
          {
            action: "managed-override",
            ...toActor(request),
            projectId,
            peeringId,
            reason,
            detail: { name },
          },
          (transaction) => touchPeering(transaction, { projectId, id: peeringId }),
        )
        return await getPeering(pollers, projectId, peeringId)
      },
    },
  } satisfies ApiHandlers<Routes, "managedBy" | "managedKey" | "managedOverride">
}
