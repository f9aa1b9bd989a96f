import { sql } from "kysely"
import type { Dialect, MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. Only several processes over one PostgreSQL use them. */
export async function shareBetweenProcesses(transaction: MigrationStep, dialect: Dialect): Promise<void> {
  const { schema } = transaction
  await schema
    .createTable("process")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("alive_until", "bigint", (column) => column.notNull())
    .execute()
  await schema
    .createTable("polled_cloud")
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("holder", "text")
    .addColumn("epoch", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("held_until", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("viewed_until", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("version", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("checked_at", "bigint")
    .addColumn("checked_by", "text")
    .addColumn("watch", "text")
    .addPrimaryKeyConstraint("polled_cloud_key", ["project_id", "provider_name"])
    .execute()
  await schema.createIndex("polled_cloud_version").on("polled_cloud").column("version").execute()
  await schema
    .createTable("atlas_pace")
    .addColumn("project_id", "text", (column) => column.primaryKey().notNull())
    .addColumn("paused_until", "bigint", (column) => column.notNull())
    .addColumn("refusal", "text", (column) => column.notNull())
    .addColumn("slowness", "bigint", (column) => column.notNull())
    .addColumn("slowed_at", "bigint", (column) => column.notNull())
    .execute()
  if (dialect === "postgres") await sql`create sequence polled_version`.execute(transaction)
}
