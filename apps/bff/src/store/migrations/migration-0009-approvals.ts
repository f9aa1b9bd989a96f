import type { MigrationStep } from "./migration-step.ts"

/** `approval-tables.ts` describes the table. */
export async function createApprovals({ schema }: MigrationStep): Promise<void> {
  await schema
    .createTable("approval")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("plan", "text", (column) => column.notNull())
    .addColumn("plan_hash", "text", (column) => column.notNull())
    .addColumn("network_blocks", "text")
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("user_key", "text", (column) => column.notNull())
    .addColumn("requester", "text", (column) => column.notNull())
    .addColumn("needs", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("decider", "text")
    .addColumn("decided_at", "bigint")
    .addColumn("decline_reason", "text")
    .addColumn("peering_id", "text")
    .addColumn("problem", "text")
    .addUniqueConstraint("approval_project_key", ["project_id", "key"])
    .execute()
  await schema.createIndex("approval_state").on("approval").column("state").execute()
  await schema.createIndex("approval_project").on("approval").columns(["project_id", "created_at"]).execute()
}
