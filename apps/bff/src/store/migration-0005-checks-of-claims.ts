import type { Transaction } from "kysely"
import type { Tables } from "./tables.ts"

/** `tables.ts` describes the tables. Sessions from before lack the time of their last check, so they end. */
export async function addClaimChecks(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema.alterTable("session").addColumn("checking_until", "bigint").execute()
  await transaction.updateTable("session").set({ data: "", expires_at: 0 }).execute()
}
