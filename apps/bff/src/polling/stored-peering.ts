import {
  readAtlasPeer,
  readStatus,
  type AtlasPeer,
  type ObservedStatus,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { toInstant } from "#base/clock.ts"
import type { SeenPeeringTable } from "#store/tables.ts"
import { appendStatus } from "./observe-peering.ts"

/** A peering as it was last polled. Times are milliseconds since 1970. */
export interface StoredPeering {
  projectId: string
  providerName: ProviderName
  id: string
  /** Atlas's answer, unchanged. */
  raw: RawAnswer
  /** False when its first status may be older than the first poll. */
  beginSeen: boolean
  /** Key of the user who created it through this server; null for any other peering. */
  createdBy: string | null
  firstSeenAt: number
  /** Null while Atlas lists it. */
  gone: Gone | null
}

interface Gone {
  /** The first poll without it. */
  at: number
  /** The last poll with it; null when that is unknown. */
  lastListedAt: number | null
}

/** A stored peering with its parsed answer, and its status history from the observations, oldest first. */
export interface LoadedPeering extends StoredPeering {
  peer: AtlasPeer
  history: ObservedStatus[]
}

/** Returns a key that no other peering has: Atlas counts ids separately in each cloud. */
export function toPeeringKey({
  projectId,
  providerName,
  id,
}: {
  projectId: string
  providerName: string
  id: string
}) {
  return `${projectId} ${providerName} ${id}`
}

export function toPeeringRow(peering: StoredPeering, now: number): Selectable<SeenPeeringTable> {
  return {
    project_id: peering.projectId,
    provider_name: peering.providerName,
    id: peering.id,
    raw: JSON.stringify(peering.raw),
    // Histories come from the observations. The column is older than those, and no longer read.
    history: "[]",
    begin_seen: peering.beginSeen ? 1 : 0,
    created_by: peering.createdBy,
    first_seen_at: peering.firstSeenAt,
    updated_at: now,
    gone_at: peering.gone?.at ?? null,
    last_listed_at: peering.gone?.lastListedAt ?? null,
  }
}

export function toStoredPeering(row: Selectable<SeenPeeringTable>): StoredPeering {
  return {
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    id: row.id,
    raw: JSON.parse(row.raw) as RawAnswer,
    beginSeen: row.begin_seen === 1,
    createdBy: row.created_by,
    firstSeenAt: row.first_seen_at,
    gone: row.gone_at === null ? null : { at: row.gone_at, lastListedAt: row.last_listed_at },
  }
}

/** Joins a peering and its history, which ends with the present status even where the observation of that is no longer kept. */
export function toLoadedPeering(
  peering: StoredPeering,
  observed: ObservedStatus[],
  updatedAt: number,
): LoadedPeering | null {
  const peer = readAtlasPeer(peering.raw, peering.providerName)
  if (peer === null) return null
  const at = toInstant(peering.gone?.lastListedAt ?? updatedAt)
  const [first] = observed
  return {
    ...peering,
    peer,
    history: appendStatus(observed, { status: readStatus(peer), at }),
    // A poll may have observed it before its cloud was followed and it was stored.
    firstSeenAt: Math.min(peering.firstSeenAt, Date.parse(first?.at ?? at)),
    beginSeen: peering.beginSeen && observed.length > 0,
  }
}
