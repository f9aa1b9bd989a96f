import { Kysely, sql } from "kysely"
import { describe, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { migrate, newestVersion } from "./migrate.ts"
import { createPostgresDialect } from "#store/drivers/postgres-dialect.ts"
import { createSqliteDialect } from "#store/drivers/sqlite-dialect.ts"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

/** The versions of the tables before the newest one. Released migrations are never edited, so they still make them. */
const earlier = [newestVersion - 1, newestVersion - 2]

/** Rows that every version has. */
const token = { issuer: "https://issuer", jti: "a-token", expires_at: 1_768_478_400_000 }
const auditRow = {
  sequence: 1,
  at: 1_768_478_300_000,
  kind: "event",
  action: "sign-in",
  actor_name: "Nadia",
  previous_hash: "",
  hash: "a-hash",
}
const intent = {
  key: "a-key-made-once-per-form",
  user_key: "https://issuer\nnadia",
  project_id: "64b1f0a27c3d5e4f8a9b0c1d",
  provider_name: "AWS",
  body: "{}",
  body_hash: "a-hash",
  state: "sending",
  known_before: "[]",
  created_at: 1_768_478_300_000,
  updated_at: 1_768_478_300_000,
}

/** Makes the tables of an earlier version, with rows. */
async function createEarlier({ databaseUrl, dataDirectory, clock }: TestingDatabase, version: number) {
  const dialect = databaseUrl === undefined ? "sqlite" : "postgres"
  const db = new Kysely<Tables>({
    dialect:
      databaseUrl === undefined
        ? createSqliteDialect(dataDirectory)
        : createPostgresDialect({ readUrl: () => databaseUrl, logger: createLogger("silent") }),
  })
  const store: Store = {
    db,
    dialect,
    countFullDisks: () => 0,
    readUrl: () => "",
    replaceUrl: () => undefined,
    close: () => db.destroy(),
  }
  await migrate(store, clock, version)
  for (const [table, row] of Object.entries({
    logout_token: token,
    audit_row: auditRow,
    create_intent: intent,
  })) {
    const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
    await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
      db,
    )
  }
  await store.close()
}

describe.each(dialects)("an upgrade of %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test.each(earlier)("keeps every row of version %i of the tables", async (version) => {
    const database = await createDatabase()
    await createEarlier(database, version)
    const { db } = await database.open()
    const applied = await db.selectFrom("migration").select("number").orderBy("number").execute()
    expect(applied.map(({ number }) => number)).toEqual(
      Array.from({ length: newestVersion }, (_, at) => at + 1),
    )
    expect(await db.selectFrom("logout_token").selectAll().execute()).toMatchObject([token])
    expect(await db.selectFrom("audit_row").selectAll().execute()).toMatchObject([auditRow])
    expect(await db.selectFrom("create_intent").selectAll().execute()).toMatchObject([intent])
  })
})
