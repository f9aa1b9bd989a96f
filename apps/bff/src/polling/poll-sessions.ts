import type { ProviderName } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"

/** The peerings of one project in one cloud, which one list call of Atlas answers for. */
export interface Cloud {
  projectId: string
  providerName: ProviderName
}

/** A time in which one process polled a cloud again and again. Times are milliseconds since 1970. */
export interface PollSession extends Cloud {
  id: string
  from: number
  until: number
  /** Why polls failed before it began; null when nothing polled. */
  problemBefore: string | null
}

const rowsPerStatement = 500

/** Stores when each cloud was polled, so that a timeline can admit when it was not. */
export class PollSessions {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Saves new sessions, and how long known ones have become. */
  async save(sessions: readonly PollSession[]): Promise<void> {
    for (let from = 0; from < sessions.length; from += rowsPerStatement) {
      await this.#store.db
        .insertInto("watched_stretch")
        .values(
          sessions.slice(from, from + rowsPerStatement).map((session) => ({
            id: session.id,
            project_id: session.projectId,
            provider_name: session.providerName,
            from_at: session.from,
            until_at: session.until,
            problem_before: session.problemBefore,
          })),
        )
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet((eb) => ({ until_at: eb.ref("excluded.until_at") })),
        )
        .execute()
    }
  }

  /** Returns a cloud's sessions that ended at a time or later, in order of their begin. */
  async list({ projectId, providerName }: Cloud, after: number): Promise<PollSession[]> {
    const rows = await this.#store.db
      .selectFrom("watched_stretch")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .where("until_at", ">=", after)
      .orderBy("from_at")
      .orderBy("until_at")
      .execute()
    return rows.map((row) => ({
      id: row.id,
      projectId,
      providerName,
      from: row.from_at,
      until: row.until_at,
      problemBefore: row.problem_before,
    }))
  }

  /** Returns when a cloud was last polled; null when that is unknown. */
  async findLastPoll({ projectId, providerName }: Cloud): Promise<number | null> {
    const row = await this.#store.db
      .selectFrom("watched_stretch")
      .select("until_at")
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .orderBy("until_at", "desc")
      .limit(1)
      .executeTakeFirst()
    return row?.until_at ?? null
  }
}
