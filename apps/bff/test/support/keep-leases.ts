import { sql } from "kysely"
import { databaseNow } from "#processes/database-clock.ts"
import type { Store } from "#store/store.ts"

/** Makes a renewed lease last until a test ends it: a machine that stands still for three seconds would change the leader. Only for PostgreSQL. */
export async function keepLeases({ db }: Pick<Store, "db">): Promise<void> {
  for (const [table, end] of [
    ["leader_lease", "held_until"],
    ["process", "alive_until"],
  ] as const) {
    const keep = sql.id(`keep_${table}`)
    await sql`create or replace function ${keep}() returns trigger language plpgsql as $$
      begin new.${sql.id(end)} := new.${sql.id(end)} + 3600000; return new; end $$`.execute(db)
    await sql`create or replace trigger ${keep} before insert or update on ${sql.table(table)}
      for each row when (new.${sql.id(end)} > ${databaseNow} + 1000) execute function ${keep}()`.execute(db)
  }
}
