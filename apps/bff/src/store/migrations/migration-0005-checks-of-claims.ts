import { sql } from "kysely"
import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the tables. Sessions from before lack the time of their last check, so they end. */
export async function addClaimChecks(transaction: MigrationStep): Promise<void> {
  await transaction.schema.alterTable("session").addColumn("checking_until", "bigint").execute()
  await sql`update session set data = '', expires_at = 0`.execute(transaction)
}
