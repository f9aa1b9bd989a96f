import { sql } from "kysely"
import { channel } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { databaseNow } from "./database-clock.ts"
import { pacesChanged } from "./polled-clouds.ts"

/** The slowdown of a project by Atlas, as the processes share it. */
export interface SharedPace {
  projectId: string
  /** The rest of Atlas's pause; 0 when it is over. */
  pauseLeftMs: number
  /** Atlas's refusal, as JSON. */
  refusal: string
  /** Factor by which the project was polled slower than usual after the last refusal, and the time since then. */
  slowness: number
  slowedAgoMs: number
}

/** A slowdown that is older is over. */
const forgottenAfterMs = 2 * 60 * 60_000

/** The table `atlas_pace`: a refusal of one process slows all of them down. */
export class SharedPaces {
  readonly #store: Pick<Store, "db">

  constructor(store: Pick<Store, "db">) {
    this.#store = store
  }

  async write({ projectId, pauseLeftMs, refusal, slowness }: Omit<SharedPace, "slowedAgoMs">): Promise<void> {
    const hundredths = Math.round(slowness * 100)
    await sql`insert into atlas_pace as pace (project_id, paused_until, refusal, slowness, slowed_at)
      values (${projectId}, ${databaseNow} + ${Math.ceil(pauseLeftMs)}, ${refusal}, ${hundredths}, ${databaseNow})
      on conflict (project_id) do update set
        paused_until = greatest(pace.paused_until, excluded.paused_until),
        refusal = excluded.refusal,
        slowness = excluded.slowness,
        slowed_at = excluded.slowed_at`.execute(this.#store.db)
    await sql`select pg_notify(${channel}, ${pacesChanged})`.execute(this.#store.db)
  }

  async read(): Promise<SharedPace[]> {
    const { rows } = await sql<SharedPace>`
      select project_id as "projectId", greatest(paused_until - ${databaseNow}, 0) as "pauseLeftMs", refusal,
        slowness / 100.0::float8 as slowness, greatest(${databaseNow} - slowed_at, 0) as "slowedAgoMs"
      from atlas_pace
      where paused_until > ${databaseNow} or slowed_at > ${databaseNow} - ${forgottenAfterMs}`.execute(
      this.#store.db,
    )
    return rows
  }
}
