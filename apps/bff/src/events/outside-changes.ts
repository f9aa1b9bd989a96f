import { escapeInvisible, type AuditAction, type Override } from "@peering-desk/shared-schemas"
import type { Kysely } from "kysely"
import { readActorName } from "#audit/actor-fields.ts"
import { readData, readHappenedAt } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import { toInstant } from "#base/clock.ts"
import { toPersonKey } from "#store/session-store.ts"
import type { Tables } from "#store/tables.ts"
import { readPeeringActs } from "./peering-acts.ts"

/** What others did to a connection, as Atlas's events tell, and who created it here. */
export type OutsideChanges = ReturnType<typeof toOutsideChanges>

const kinds: AuditAction[] = [
  "atlas-peering-create",
  "atlas-peering-change",
  "atlas-peering-active",
  "peering-create",
  "peering-change",
  "managed-override",
]

/** Reads what others did to some connections of a project, by id. */
export async function readOutsideChanges(
  db: Kysely<Tables>,
  projectId: string,
  peeringIds: readonly string[],
): Promise<Map<string, OutsideChanges>> {
  const names = await readManagedNames(db, projectId)
  const rows = new Map<string, StoredEvent[]>()
  for (const row of await readPeeringActs(db, { projectId, peeringIds }, kinds))
    rows.set(row.peering_id ?? "", [...(rows.get(row.peering_id ?? "") ?? []), row])
  return new Map([...rows].map(([id, ofPeering]) => [id, toOutsideChanges(ofPeering, names)]))
}

/** Returns the names of the listed keys of a project, by key. */
export async function readManagedNames(db: Kysely<Tables>, projectId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("managed_key")
    .select(["key", "name"])
    .where("project_id", "=", projectId)
    .execute()
  return new Map(rows.map(({ key, name }) => [key, name]))
}

function toOutsideChanges(rows: readonly StoredEvent[], names: ReadonlyMap<string, string>) {
  const find = (...actions: AuditAction[]) =>
    rows
      .filter(({ kind }) => actions.some((action) => action === kind))
      .toSorted((one, other) => readHappenedAt(one) - readHappenedAt(other))
  /** An act of somebody outside of this installation. The time is Atlas's, in milliseconds since 1970. */
  const toAct = (row: StoredEvent | undefined) =>
    row === undefined ? null : { by: nameOutsideActor(row.actor_subject, names), at: readHappenedAt(row) }
  const last = find("atlas-peering-create", "atlas-peering-change").at(-1)
  const lastAt = last === undefined ? 0 : readHappenedAt(last)
  const isOurs = find("peering-create", "peering-change").some(
    ({ at, outcome }) => outcome === "done" && at >= lastAt,
  )
  const override = find("managed-override").findLast(({ at }) => at >= lastAt)
  const active = find("atlas-peering-active").at(-1)
  const made = rows.find(({ kind, outcome }) => kind === "peering-create" && outcome === "done")
  return {
    /** With the time at which Atlas confirmed it, in milliseconds since 1970; null for any other connection. */
    creator: made === undefined ? null : toCreator(made, names),
    created: toAct(find("atlas-peering-create")[0]),
    /** The last edit; null when a later change was sent here. */
    changed: isOurs ? null : toAct(find("atlas-peering-change").at(-1)),
    /** When it last became active, on Google Cloud and Azure. */
    activeAt: active === undefined ? null : readHappenedAt(active),
    /** The name of the listed key that made the last change. */
    managedBy: isOurs ? null : (names.get(last?.actor_subject ?? "") ?? null),
    /** An administrator allowed a change since then. */
    override: override === undefined ? null : toOverride(override),
  }
}

function toCreator(row: StoredEvent, names: ReadonlyMap<string, string>) {
  return {
    name: nameActor(row, names) ?? "",
    key: toPersonKey({ issuer: row.actor_issuer ?? "", subject: row.actor_subject ?? "" }),
    at: row.at,
    reason: escapeInvisible(readData(row).reason),
  }
}

function toOverride(row: StoredEvent): Override {
  const { detail, reason } = readData(row)
  const by = readActorName(row.actor_name ?? "", detail)
  return escapeInvisible({ by, at: toInstant(row.at), reason: reason ?? "" })
}

/** Names the actor of a row as people read it; null for the server itself and a stranger. */
export function nameActor(row: StoredEvent, names: ReadonlyMap<string, string>): string | null {
  if (row.kind.startsWith("atlas-")) return nameOutsideActor(row.actor_subject, names)
  if (row.actor_subject === null) return null
  return escapeInvisible(readActorName(row.actor_name ?? "", readData(row).detail))
}

/** Names a caller of Atlas as people read it: `service account terraform-prod`, `API key abcdefgh`, an e-mail address. */
function nameOutsideActor(key: string | null, names: ReadonlyMap<string, string>): string {
  if (key === null) return "Atlas"
  const name = escapeInvisible(names.get(key) ?? key)
  if (key.includes("@")) return name
  return `${key.startsWith("mdb_sa_id_") ? "service account" : "API key"} ${name}`
}
