import { escapeInvisible, type AuditAction, type AuditRow } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import { readData, toAuditRow } from "#audit/chain/event-data.ts"
import { readEvents } from "#audit/chain/event-rows.ts"
import { readActorName } from "./actor-fields.ts"

/** The person who created a peering, and when Atlas confirmed it (milliseconds since 1970). */
export interface Creator {
  name: string
  at: number
  /** Why, in the creator's own words. */
  reason: string | null
}

const idsPerStatement = 500
const mostRows = 500

/** Returns the creators of a project's peerings by peering id, for peerings created here. */
export async function readCreators(
  store: Store,
  projectId: string,
  peeringIds: readonly string[],
): Promise<Map<string, Creator>> {
  const creators = new Map<string, Creator>()
  for (let from = 0; from < peeringIds.length; from += idsPerStatement) {
    const rows = await readEvents(store, store.db, (query) =>
      query
        .where("peering_id", "in", peeringIds.slice(from, from + idsPerStatement))
        .where("project_id", "=", projectId)
        .where("kind", "=", "peering-create")
        .where("outcome", "=", "done")
        .orderBy("number"),
    )
    for (const row of rows) {
      const { peering_id: id, actor_name: name, at } = row
      if (id === null || creators.has(id)) continue
      const { detail, reason } = readData(row)
      const actor = readActorName(name ?? "", detail)
      creators.set(id, escapeInvisible({ name: actor, at, reason }))
    }
  }
  return creators
}

/** Actions on a project that affect its peerings. */
const projectActions: AuditAction[] = [
  "access-list-add",
  "container-create",
  "container-delete",
  "private-ip-mode-change",
  "custom-dns-change",
]

/**
 * Returns the audit rows of a peering and those of actions on its project between two times (milliseconds since 1970). Oldest first, at
 * most the newest 500.
 */
export async function readPeeringRows(
  store: Store,
  projectId: string,
  peeringId: string,
  { from, until }: { from: number; until: number },
): Promise<AuditRow[]> {
  const ofPeering = await readEvents(store, store.db, (query) =>
    query
      .where("project_id", "=", projectId)
      .where("phase", "!=", "notification")
      .where((row) =>
        row.or([
          row("peering_id", "=", peeringId),
          row.and([row("kind", "in", projectActions), row("at", ">=", from), row("at", "<=", until)]),
        ]),
      )
      .orderBy("number", "desc")
      .limit(mostRows),
  )
  // The attempt of a create was written before the peering had an id.
  const attempts = new Set(ofPeering.flatMap(({ attempt }) => attempt ?? []))
  for (const { number } of ofPeering) attempts.delete(number)
  const before =
    attempts.size === 0
      ? []
      : await readEvents(store, store.db, (query) => query.where("number", "in", [...attempts]))
  const rows = [...before, ...ofPeering].map(toAuditRow)
  return escapeInvisible(rows).sort((one, other) => one.sequence - other.sequence)
}
