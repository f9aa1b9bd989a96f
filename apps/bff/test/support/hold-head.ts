import { sql } from "kysely"
import type { Store } from "#store/store.ts"

/** Keeps every other writer waiting while `work` runs. It has not the time limit of a step. Only for PostgreSQL. */
export async function holdHead({ db }: Store, work: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select from head for update`.execute(transaction)
    await work()
  })
}
