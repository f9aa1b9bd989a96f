import { sql } from "kysely"
import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. */
export async function addViewsAndDeclines({ schema }: MigrationStep): Promise<void> {
  await schema
    .createTable("saved_view")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("user_key", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("saved_view_name", ["user_key", "name"])
    .execute()
  for (const [name, type] of [
    ["made_by_email", "text"],
    ["declined_at", "bigint"],
    ["decline_reason", "text"],
  ] as const)
    await schema.alterTable("hand_off").addColumn(name, type).execute()
  await schema.alterTable("create_intent").addColumn("replaces", "text").execute()
  await schema
    .createIndex("audit_row_activity")
    .on("audit_row")
    .column("sequence")
    .where(sql.ref("project_id"), "is not", null)
    .execute()
}
