import { sql, type RawBuilder } from "kysely"
import type { Store } from "#store/store.ts"

type SafeTexts = ArrayBuffer | string

/**
 * Builds one column that holds several values as texts. SQLite returns it as a blob: libsql crashes the process on a text that is not
 * UTF-8, and anybody who can write to the file could store one.
 */
export function toSafeTexts(
  { dialect }: Pick<Store, "dialect">,
  values: readonly RawBuilder<unknown>[],
): RawBuilder<SafeTexts> {
  const texts = sql.join(values.map((value) => sql`cast(${value} as text)`))
  return dialect === "sqlite"
    ? sql<SafeTexts>`cast(json_array(${texts}) as blob)`
    : sql<SafeTexts>`cast(json_build_array(${texts}) as text)`
}

export function readSafeTexts(texts: SafeTexts): (string | null)[] {
  return JSON.parse(typeof texts === "string" ? texts : Buffer.from(texts).toString("utf8")) as (
    string | null
  )[]
}
