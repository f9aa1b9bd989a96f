import { sql, type Expression, type SqlBool } from "kysely"

/** Ignores case. SQLite knows the cases of ASCII only, so the text is also matched as it was typed. */
export function containsText(column: `${string}.${string}`, text: string): Expression<SqlBool>[] {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&").replaceAll("\0", "?")}%`
  const value = sql.ref(column)
  return [
    sql<SqlBool>`lower(${value}) like ${pattern.toLowerCase()} escape '\\'`,
    sql<SqlBool>`${value} like ${pattern} escape '\\'`,
  ]
}
