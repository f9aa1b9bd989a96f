import type { MigrationStep } from "./migration-step.ts"

/** `token-tables.ts` describes the column. */
export async function addSessionOfToken({ schema }: MigrationStep): Promise<void> {
  await schema.alterTable("api_token").addColumn("session_id", "text").execute()
}
