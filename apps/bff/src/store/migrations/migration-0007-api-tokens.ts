import type { MigrationStep } from "./migration-step.ts"

/** `token-tables.ts` describes the tables. */
export async function createApiTokens({ schema }: MigrationStep): Promise<void> {
  await schema
    .createTable("token_owner")
    .addColumn("user_key", "text", (column) => column.primaryKey().notNull())
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text")
    .addColumn("claims", "text", (column) => column.notNull())
    .addColumn("confirmed_at", "bigint", (column) => column.notNull())
    .addColumn("refused_at", "bigint")
    .execute()
  await schema
    .createTable("api_token")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("hash", "text", (column) => column.notNull().unique())
    .addColumn("user_key", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("projects", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("last_used_at", "bigint")
    .addColumn("last_used_from", "text")
    .addColumn("revoked_at", "bigint")
    .addColumn("revoked_by", "text")
    .execute()
  await schema.createIndex("api_token_user_key").on("api_token").column("user_key").execute()
}
