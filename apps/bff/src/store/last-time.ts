import { sql, type RawBuilder, type SqlBool } from "kysely"

/** True of a row whose last time is null or this long ago. One as far ahead was stored while the clock was. */
export function isLastBefore(column: string, now: number, ms: number): RawBuilder<SqlBool> {
  const last = sql.ref(column)
  return sql<SqlBool>`(${last} is null or ${last} <= ${now - ms} or ${last} >= ${now + ms})`
}
