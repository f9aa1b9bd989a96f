import type { MigrationStep } from "./migration-step.ts"

/** `tables.ts` describes the column. */
export async function addProcessOfCreate({ schema }: MigrationStep): Promise<void> {
  await schema.alterTable("create_intent").addColumn("process_id", "text").execute()
}
