import type { ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import { sql, type Selectable, type Transaction } from "kysely"
import type { Store } from "#store/store.ts"
import type { ObservationTable, Tables } from "#store/tables.ts"
import { takeWriteLock } from "#store/write-lock.ts"

/** One thing that was seen of a connection. Moments are milliseconds since 1970. */
export interface KeptObservation {
  projectId: string
  providerName: ProviderName
  peeringId: string
  /** 1, 2, 3 … by connection. */
  number: number
  at: number
  /** The look before, which did not yet show it; null when there was none. */
  afterAt: number | null
  what: "listed" | "gone"
  status: string | null
  /** Atlas's answer as it came; null of `gone`. */
  raw: RawAnswer | null
}

export type NewObservation = Omit<KeptObservation, "number">

/** How long one connection stayed in one status, both ends seen. */
export interface TimeSpent {
  providerName: ProviderName
  status: string
  ms: number
}

const keptByConnection = 300
const rowsPerStatement = 500

/** What was seen of every connection, change by change, so that it can be told later. */
export class Observations {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Adds what was seen, in order. What another process saw before, or what is as it was, is left out; of one connection the last
   * 300 are kept.
   */
  async add(observations: readonly NewObservation[]): Promise<void> {
    for (let from = 0; from < observations.length; from += rowsPerStatement)
      await this.#addSome(observations.slice(from, from + rowsPerStatement))
  }

  async #addSome(observations: readonly NewObservation[]): Promise<void> {
    await this.#store.db.transaction().execute(async (transaction) => {
      await takeWriteLock(this.#store, transaction, "observations")
      const last = await readLast(transaction, observations)
      const rows: Selectable<ObservationTable>[] = []
      for (const observation of observations) {
        const before = last.get(toKey(observation)) ?? null
        const row = toRow(observation, before)
        if (before !== null && before.what === row.what && (row.what === "gone" || before.raw === row.raw))
          continue
        rows.push(row)
        last.set(toKey(observation), row)
      }
      if (rows.length === 0) return
      await transaction.insertInto("observation").values(rows).execute()
      for (const row of rows) if (row.number > keptByConnection) await forgetOldest(transaction, row)
    })
  }

  /** Everything kept of one connection, oldest first. */
  async of(projectId: string, peeringId: string): Promise<KeptObservation[]> {
    const rows = await this.#store.db
      .selectFrom("observation")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("peering_id", "=", peeringId)
      .orderBy("number")
      .execute()
    return rows.map(toObservation)
  }

  /**
   * How long connections stayed in each status, of which both ends were seen within `preciseToMs`, the latest 20,000 since a moment.
   */
  async timesSpent({ since, preciseToMs }: { since: number; preciseToMs: number }): Promise<TimeSpent[]> {
    const { rows } = await sql<{ provider_name: string; status: string; ms: number | string }>`
      select provider_name, status, next_at - at as ms from (
        select provider_name, status, what, at, after_at,
          lead(at) over steps as next_at, lead(after_at) over steps as next_after_at
        from observation where status_changed = 1 and at >= ${since}
        window steps as (partition by project_id, provider_name, peering_id order by number)
      ) as spent
      where what = 'listed' and status is not null and at - after_at <= ${preciseToMs}
        and next_at - next_after_at <= ${preciseToMs}
      order by at desc limit 20000`.execute(this.#store.db)
    return rows.map(({ provider_name: providerName, status, ms }) => ({
      providerName: providerName as ProviderName,
      status,
      ms: Number(ms),
    }))
  }
}

async function readLast(
  transaction: Transaction<Tables>,
  observations: readonly NewObservation[],
): Promise<Map<string, Selectable<ObservationTable>>> {
  const ids = [...new Set(observations.map(({ peeringId }) => peeringId))]
  const rows = await transaction
    .selectFrom("observation")
    .selectAll()
    .where("peering_id", "in", ids)
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

async function forgetOldest(
  transaction: Transaction<Tables>,
  row: Selectable<ObservationTable>,
): Promise<void> {
  await transaction
    .deleteFrom("observation")
    .where("project_id", "=", row.project_id)
    .where("provider_name", "=", row.provider_name)
    .where("peering_id", "=", row.peering_id)
    .where("number", "<=", row.number - keptByConnection)
    .execute()
}

function toKey({ projectId, providerName, peeringId }: Omit<NewObservation, "raw">): string {
  return `${projectId} ${providerName} ${peeringId}`
}

function toRow(
  observation: NewObservation,
  before: Selectable<ObservationTable> | null,
): Selectable<ObservationTable> {
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

function toObservation(row: Selectable<ObservationTable>): KeptObservation {
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
