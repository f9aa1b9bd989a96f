import { sql } from "kysely"
import type { Dialect, MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. */
export async function createFirstTables(transaction: MigrationStep, dialect: Dialect): Promise<void> {
  const { schema } = transaction
  await schema
    .createTable("session")
    .addColumn("id_hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("user_key", "text")
    .addColumn("issuer", "text")
    .addColumn("subject", "text")
    .addColumn("name", "text")
    .addColumn("email", "text")
    .addColumn("provider_session", "text")
    .addColumn("address", "text")
    .addColumn("browser", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute()
  await schema.createIndex("session_user").on("session").columns(["user_key", "expires_at"]).execute()
  await schema.createIndex("session_provider").on("session").columns(["issuer", "provider_session"]).execute()
  await schema.createIndex("session_expiry").on("session").column("expires_at").execute()

  await schema
    .createTable("logout_token")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("jti", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("logout_token_key", ["issuer", "jti"])
    .execute()

  await schema
    .createTable("audit_row")
    .addColumn("sequence", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("actor_issuer", "text")
    .addColumn("actor_subject", "text")
    .addColumn("actor_name", "text")
    .addColumn("address", "text")
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("project_id", "text")
    .addColumn("peering_id", "text")
    .addColumn("reason", "text")
    .addColumn("request_hash", "text")
    .addColumn("outcome", "text")
    .addColumn("answer_code", "text")
    .addColumn("detail", "text")
    .addColumn("before", "text")
    .addColumn("after", "text")
    .addColumn("attempt_sequence", "bigint")
    .addColumn("previous_hash", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute()
  await schema.createIndex("audit_row_attempt").on("audit_row").column("attempt_sequence").execute()
  await schema.createIndex("audit_row_project").on("audit_row").columns(["project_id", "sequence"]).execute()
  await schema.createIndex("audit_row_at").on("audit_row").column("at").execute()
  await keepAuditRows(transaction, dialect)

  await schema
    .createTable("create_intent")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("user_key", "text", (column) => column.notNull())
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("body_hash", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("known_before", "text", (column) => column.notNull())
    .addColumn("peering_id", "text")
    .addColumn("problem", "text")
    .addColumn("attempt_sequence", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .execute()
  await schema
    .createIndex("create_intent_state")
    .on("create_intent")
    .columns(["state", "updated_at"])
    .execute()

  await schema
    .createTable("seen_peering")
    .addColumn("project_id", "text", (column) => column.notNull())
    .addColumn("provider_name", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("raw", "text", (column) => column.notNull())
    .addColumn("history", "text", (column) => column.notNull())
    .addColumn("begin_seen", "bigint", (column) => column.notNull())
    .addColumn("created_by", "text")
    .addColumn("first_seen_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("gone_at", "bigint")
    .addPrimaryKeyConstraint("seen_peering_key", ["project_id", "provider_name", "id"])
    .execute()
}

/** The database itself refuses to change or take away an audit row, so that a mistake of ours can't. */
async function keepAuditRows(transaction: MigrationStep, dialect: Dialect): Promise<void> {
  const refusal = sql.lit("audit rows are never changed or removed")
  if (dialect === "sqlite") {
    for (const change of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`audit_row_no_${change}`)} before ${sql.raw(change)} on audit_row
        begin select raise(abort, ${refusal}); end`.execute(transaction)
    }
    return
  }
  await sql`create function refuse_audit_change() returns trigger language plpgsql as
    $$ begin raise exception ${refusal}; end $$`.execute(transaction)
  await sql`create trigger audit_row_no_change before update or delete or truncate on audit_row
    for each statement execute function refuse_audit_change()`.execute(transaction)
}
