import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the table. */
export async function createPresets({ schema }: MigrationStep): Promise<void> {
  await schema
    .createTable("preset")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("draft", "text", (column) => column.notNull())
    .addColumn("by_name", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("preset_name", ["project_id", "name"])
    .execute()
}
