import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. */
export async function followConnections({ schema }: MigrationStep): Promise<void> {
  await schema.alterTable("seen_peering").addColumn("last_listed_at", "bigint").execute()
  await schema
    .createIndex("seen_peering_gone")
    .on("seen_peering")
    .columns(["project_id", "gone_at"])
    .execute()
  await schema.createIndex("audit_row_peering").on("audit_row").columns(["peering_id", "sequence"]).execute()

  await schema
    .createTable("observation")
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("peering_id", "text", (column) => column.notNull())
    .addColumn("number", "bigint", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("after_at", "bigint")
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("status", "text")
    .addColumn("status_changed", "bigint", (column) => column.notNull())
    .addColumn("raw", "text")
    .addPrimaryKeyConstraint("observation_key", ["project_id", "provider_name", "peering_id", "number"])
    .execute()
  await schema.createIndex("observation_at").on("observation").column("at").execute()

  await schema
    .createTable("watched_stretch")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("until_at", "bigint", (column) => column.notNull())
    .addColumn("problem_before", "text")
    .execute()
  await schema
    .createIndex("watched_stretch_cloud")
    .on("watched_stretch")
    .columns(["project_id", "provider_name", "until_at"])
    .execute()
  await schema.createIndex("watched_stretch_until").on("watched_stretch").column("until_at").execute()

  await schema
    .createTable("peering_label")
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("peering_id", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("by_name", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("peering_label_key", ["project_id", "peering_id"])
    .execute()
  await schema
    .createTable("peering_step")
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("peering_id", "text", (column) => column.notNull())
    .addColumn("step_id", "text", (column) => column.notNull())
    .addColumn("by_name", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("peering_step_key", ["project_id", "peering_id", "step_id"])
    .execute()

  await schema
    .createTable("hand_off")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("peering_id", "text", (column) => column.notNull())
    .addColumn("made_for", "text")
    .addColumn("made_by", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("revoked_at", "bigint")
    .addColumn("revoked_by", "text")
    .addColumn("opened_count", "bigint", (column) => column.notNull())
    .addColumn("last_opened_at", "bigint")
    .addColumn("last_read_at", "bigint")
    .addColumn("pressed_count", "bigint", (column) => column.notNull())
    .addColumn("last_pressed_at", "bigint")
    .execute()
  await schema.createIndex("hand_off_peering").on("hand_off").columns(["project_id", "peering_id"]).execute()
}
