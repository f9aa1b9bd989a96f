import type { ProviderName } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"

/** A time in which one process looked at a cloud of a project again and again. Moments are milliseconds since 1970. */
export interface PollSession {
  id: string
  projectId: string
  providerName: ProviderName
  from: number
  until: number
  /** Why looks failed before it began; null when nobody looked. */
  problemBefore: string | null
}

type Cloud = Pick<PollSession, "projectId" | "providerName">

const rowsPerStatement = 500

/** Remembers when somebody looked, so that it can be told when nobody did. */
export class PollSessions {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Writes new stretches down, and how long known ones have become. */
  async save(stretches: readonly PollSession[]): Promise<void> {
    for (let from = 0; from < stretches.length; from += rowsPerStatement) {
      await this.#store.db
        .insertInto("watched_stretch")
        .values(
          stretches.slice(from, from + rowsPerStatement).map((stretch) => ({
            id: stretch.id,
            project_id: stretch.projectId,
            provider_name: stretch.providerName,
            from_at: stretch.from,
            until_at: stretch.until,
            problem_before: stretch.problemBefore,
          })),
        )
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet((eb) => ({ until_at: eb.ref("excluded.until_at") })),
        )
        .execute()
    }
  }

  /** Those of a cloud that reach beyond a moment, in order of their begin. */
  async of({ projectId, providerName }: Cloud, after: number): Promise<PollSession[]> {
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

  /** When the cloud was last looked at, as far as it was written down; null when it never was. */
  async lastLook({ projectId, providerName }: Cloud): Promise<number | null> {
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
