import type { ApprovalQuery, ApprovalShow } from "@peering-desk/shared-schemas"
import type { ExpressionBuilder } from "kysely"
import { isHeld, toStoredChange, type HeldChange } from "#changes/engine/stored-change.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"

/** The requests of one page. */
const pageSize = 100

/** The projects whose requests are read, null for all; at which time. */
interface Scope {
  projectIds: readonly string[] | null
  now: number
}

/**
 * Lists one page of the changes that were held for approval, newest first. The open ones have pages to themselves, so that no number of
 * others keeps them from being seen.
 */
export async function listHeld(
  { db }: Pick<Store, "db">,
  scope: Scope,
  { show = "open", before }: ApprovalQuery,
): Promise<{ held: HeldChange[]; nextBefore: string | null }> {
  const [, at = "0", id = ""] = /^(\d+)-(.+)$/.exec(before ?? "") ?? []
  const rows = await db
    .selectFrom("change")
    .selectAll()
    .where((eb) => isListed(eb, scope, show))
    .$if(before !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb("created_at", "<", Number(at)),
          eb.and([eb("created_at", "=", Number(at)), eb("id", ">", id)]),
        ]),
      ),
    )
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(pageSize + 1)
    .execute()
  const held = rows.slice(0, pageSize).map((row) => toStoredChange(row, scope.now))
  const last = held.at(-1)
  const isLast = rows.length <= pageSize || last === undefined
  return { held: held.filter(isHeld), nextBefore: isLast ? null : `${last.createdAt}-${last.id}` }
}

export async function countHeld(
  { db }: Pick<Store, "db">,
  scope: Scope,
  show: ApprovalShow,
): Promise<number> {
  const { count } = await db
    .selectFrom("change")
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where((eb) => isListed(eb, scope, show))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function isListed(eb: ExpressionBuilder<Tables, "change">, { projectIds, now }: Scope, show: ApprovalShow) {
  const isOpen = eb.or([
    eb("state", "in", ["ready", "sent", "unknown"]),
    eb.and([eb("state", "=", "waiting"), eb("expires_at", ">", now)]),
  ])
  return eb.and([
    eb("expires_at", "is not", null),
    ...(projectIds === null
      ? []
      : [projectIds.length === 0 ? eb.lit(false) : eb("project_id", "in", projectIds)]),
    show === "open" ? isOpen : eb.not(isOpen),
  ])
}
