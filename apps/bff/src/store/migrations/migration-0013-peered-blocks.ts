import type { MigrationStep } from "./migration-step.ts"

/** `approval-tables.ts` describes the column. */
export async function addPeeredBlocks({ schema }: MigrationStep): Promise<void> {
  await schema.alterTable("approval").addColumn("peered_blocks", "text").execute()
}
