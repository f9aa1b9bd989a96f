import { sql, type Kysely, type RawBuilder } from "kysely"
import { isPostgres } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"

type SafeTexts = ArrayBuffer | string

/**
 * Builds one column that holds several values as texts. SQLite returns it as a blob: libsql crashes the process on a text that is not
 * UTF-8, and anybody who can write to the file could store one.
 */
export function toSafeTexts(
  db: Kysely<Tables>,
  values: readonly RawBuilder<unknown>[],
): RawBuilder<SafeTexts> {
  const texts = sql.join(values.map((value) => sql`cast(${value} as text)`))
  return isPostgres(db)
    ? sql<SafeTexts>`cast(json_build_array(${texts}) as text)`
    : sql<SafeTexts>`cast(json_array(${texts}) as blob)`
}

export function readSafeTexts(texts: SafeTexts): (string | null)[] {
  return JSON.parse(typeof texts === "string" ? texts : Buffer.from(texts).toString("utf8")) as (
    string | null
  )[]
}
