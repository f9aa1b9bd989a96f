import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. The first row that is written after it makes the first key. */
export async function addAuditSigning({ schema }: MigrationStep): Promise<void> {
  await schema
    .createTable("audit_key")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("public_key", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("from_sequence", "bigint", (column) => column.notNull())
    .addColumn("previous_id", "text")
    .addColumn("proof", "text", (column) => column.notNull())
    .addColumn("previous_proof", "text")
    .execute()
  await schema
    .createTable("audit_end")
    .addColumn("id", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("checkpoint", "text", (column) => column.notNull())
    .execute()
}
