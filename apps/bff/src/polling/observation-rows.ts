import type { ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import type { Selectable, Transaction } from "kysely"
import type { StatusChange } from "#events/peering-events.ts"
import type { ObservationTable, Tables } from "#store/tables.ts"

/** One change that a poll found in a peering. Times are milliseconds since 1970. */
export interface StoredObservation {
  projectId: string
  providerName: ProviderName
  peeringId: string
  /** Counts from 1 for each peering. */
  number: number
  at: number
  /** The poll before, which did not show it yet; null when there was no poll before. */
  afterAt: number | null
  what: "listed" | "gone"
  status: string | null
  /** Atlas's answer, unchanged; null for `gone`. */
  raw: RawAnswer | null
}

export type NewObservation = Omit<StoredObservation, "number">
type Row = Selectable<ObservationTable>

const keptPerPeering = 300
const rowsPerStatement = 500

/**
 * Adds observations in order. Leaves out what equals the one before, which another process may have written. Keeps the last 300 of
 * each peering.
 * @returns the changes of statuses among them
 */
export async function addObservations(
  transaction: Transaction<Tables>,
  observations: readonly NewObservation[],
): Promise<StatusChange[]> {
  const changes: StatusChange[] = []
  for (let from = 0; from < observations.length; from += rowsPerStatement)
    changes.push(...(await addSome(transaction, observations.slice(from, from + rowsPerStatement))))
  return changes
}

async function addSome(
  transaction: Transaction<Tables>,
  observations: readonly NewObservation[],
): Promise<StatusChange[]> {
  const last = await readLast(transaction, observations)
  const rows: Row[] = []
  const changes: StatusChange[] = []
  for (const observation of observations) {
    const before = last.get(toKey(observation)) ?? null
    const row = toRow(observation, before)
    if (before?.what === row.what && (row.what === "gone" || before.raw === row.raw)) continue
    rows.push(row)
    last.set(toKey(observation), row)
    if (row.status_changed === 1) changes.push(...toStatusChange(observation, before))
  }
  if (rows.length === 0) return []
  await transaction.insertInto("observation").values(rows).execute()
  for (const row of rows) if (row.number > keptPerPeering) await removeOldest(transaction, row)
  return changes
}

/** Returns nothing for a peering that the first poll of its cloud showed: its status is no news. */
function toStatusChange(observation: NewObservation, before: Row | null): StatusChange[] {
  const { projectId, providerName, peeringId, at, afterAt, what, status, raw } = observation
  if (before === null && afterAt === null) return []
  return [
    {
      projectId,
      providerName,
      peeringId,
      at,
      before: before?.what === "listed" ? before.status : null,
      status: what === "gone" ? null : status,
      raw: raw ?? (before && toObservation(before).raw),
    },
  ]
}

async function readLast(
  transaction: Transaction<Tables>,
  observations: readonly NewObservation[],
): Promise<Map<string, Row>> {
  const rows = await transaction
    .selectFrom("observation")
    .selectAll()
    .where("peering_id", "in", [...new Set(observations.map(({ peeringId }) => peeringId))])
    .where("project_id", "in", [...new Set(observations.map(({ projectId }) => projectId))])
    .where("number", "=", (eb) =>
      eb
        .selectFrom("observation as later")
        .select(({ fn }) => fn.max("later.number").as("newest"))
        .whereRef("later.project_id", "=", "observation.project_id")
        .whereRef("later.provider_name", "=", "observation.provider_name")
        .whereRef("later.peering_id", "=", "observation.peering_id"),
    )
    .execute()
  return new Map(rows.map((row) => [toKey(toObservation(row)), row]))
}

async function removeOldest(transaction: Transaction<Tables>, row: Row): Promise<void> {
  await transaction
    .deleteFrom("observation")
    .where("project_id", "=", row.project_id)
    .where("provider_name", "=", row.provider_name)
    .where("peering_id", "=", row.peering_id)
    .where("number", "<=", row.number - keptPerPeering)
    .execute()
}

function toKey({ projectId, providerName, peeringId }: NewObservation): string {
  return `${projectId} ${providerName} ${peeringId}`
}

function toRow(observation: NewObservation, before: Row | null): Row {
  const { projectId, providerName, peeringId, at, afterAt, what, status, raw } = observation
  return {
    project_id: projectId,
    provider_name: providerName,
    peering_id: peeringId,
    number: (before?.number ?? 0) + 1,
    at,
    after_at: afterAt,
    what,
    status,
    status_changed: before?.what === what && before.status === status ? 0 : 1,
    raw: raw === null ? null : JSON.stringify(raw),
  }
}

export function toObservation(row: Row): StoredObservation {
  return {
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    peeringId: row.peering_id,
    number: row.number,
    at: row.at,
    afterAt: row.after_at,
    what: row.what === "gone" ? "gone" : "listed",
    status: row.status,
    raw: row.raw === null ? null : (JSON.parse(row.raw) as RawAnswer),
  }
}
