import {
  readAtlasPeer,
  readStatus,
  type AtlasPeer,
  type ObservedStatus,
  type Peering,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Kysely, Selectable } from "kysely"
import { toBatches } from "#base/batches.ts"
import { toInstant } from "#base/clock.ts"
import type { PeeringTable, Tables } from "#store/tables.ts"
import { addTimes, appendStatus, dateBegin, findLeftAvailableAt, type Annotation } from "./observe-peering.ts"
import type { Cloud } from "#processes/polled-clouds.ts"

/** A peering as it is stored. Times are milliseconds since 1970. */
export type StoredPeering = ReturnType<typeof toStoredPeering>

/** A stored peering with its parsed answer, and its status history from the log, oldest first. */
export interface LoadedPeering extends StoredPeering {
  peer: AtlasPeer
  history: ObservedStatus[]
}

/** Reads some peerings of a cloud, by id. */
export async function readRows(
  db: Kysely<Tables>,
  { projectId, providerName }: Cloud,
  ids: readonly string[],
): Promise<Map<string, StoredPeering>> {
  const rows = new Map<string, StoredPeering>()
  for (const some of toBatches(ids))
    for (const row of await db
      .selectFrom("peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .where("id", "in", some)
      .execute())
      rows.set(row.id, toStoredPeering(row))
  return rows
}

export async function writeRows(db: Kysely<Tables>, peerings: readonly StoredPeering[]): Promise<void> {
  for (const some of toBatches(peerings))
    await db
      .insertInto("peering")
      .values(some.map(toPeeringRow))
      .onConflict((conflict) =>
        conflict.columns(["project_id", "provider_name", "id"]).doUpdateSet((eb) => ({
          raw: eb.ref("excluded.raw"),
          version: eb.ref("excluded.version"),
          ahead: eb.ref("excluded.ahead"),
          begin_seen: eb.ref("excluded.begin_seen"),
          created_by: eb.ref("excluded.created_by"),
          updated_at: eb.ref("excluded.updated_at"),
          gone_at: eb.ref("excluded.gone_at"),
          last_listed_at: eb.ref("excluded.last_listed_at"),
        })),
      )
      .execute()
}

function toPeeringRow(peering: StoredPeering): Selectable<PeeringTable> {
  return {
    project_id: peering.projectId,
    provider_name: peering.providerName,
    id: peering.id,
    raw: JSON.stringify(peering.raw),
    version: peering.version,
    first_version: peering.firstVersion,
    ahead: peering.isAhead ? 1 : 0,
    begin_seen: peering.beginSeen ? 1 : 0,
    created_by: peering.createdBy,
    first_seen_at: peering.firstSeenAt,
    updated_at: peering.updatedAt,
    gone_at: peering.gone?.at ?? null,
    last_listed_at: peering.gone?.lastListedAt ?? null,
  }
}

export function toStoredPeering(row: Selectable<PeeringTable>) {
  return {
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    id: row.id,
    /** Atlas's answer, unchanged. */
    raw: JSON.parse(row.raw) as RawAnswer,
    /** The step that last changed it, and the one that stored it first. */
    version: row.version,
    firstVersion: row.first_version,
    /** True while Atlas's answer to a change of ours may be newer than its list. */
    isAhead: row.ahead === 1,
    /** False when its first status may be older than the first poll. */
    beginSeen: row.begin_seen === 1,
    /** Key of the user who created it through this server; null for any other peering. */
    createdBy: row.created_by,
    firstSeenAt: row.first_seen_at,
    updatedAt: row.updated_at,
    /** The first poll without it, and the last one with it where that is known; null while Atlas lists it. */
    gone: row.gone_at === null ? null : { at: row.gone_at, lastListedAt: row.last_listed_at },
  }
}

/** Joins a peering and its history, which ends with the present status even where the log lacks it. */
export function toLoadedPeering(peering: StoredPeering, observed: ObservedStatus[]): LoadedPeering | null {
  const peer = readAtlasPeer(peering.raw, peering.providerName)
  if (peer === null) return null
  const at = toInstant(peering.gone?.lastListedAt ?? peering.updatedAt)
  const [first] = observed
  return {
    ...peering,
    peer,
    history: appendStatus(observed, { status: readStatus(peer), at }),
    firstSeenAt: Math.min(peering.firstSeenAt, Date.parse(first?.at ?? at)),
    beginSeen: peering.beginSeen && observed.length > 0,
  }
}

/** Builds a peering from what is stored of it. */
export function toPeering(
  { projectId, id, peer, raw, history, beginSeen, firstSeenAt }: LoadedPeering,
  annotation: Annotation,
): Peering {
  const { activeAt: _activeAt, ...noted } = annotation
  const begin = dateBegin({ history, beginSeen }, annotation)
  const times = { firstSeenAt: toInstant(firstSeenAt), leftAvailableAt: findLeftAvailableAt(history) }
  return addTimes({ projectId, id, peer, raw, ...begin, ...times, ...noted })
}
