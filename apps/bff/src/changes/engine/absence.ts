import type { Transaction } from "kysely"
import type { Tables } from "#store/tables.ts"

/** What was seen of a change since its outcome is unknown. Enough of it proves that nothing was changed. */
export interface Absence {
  /** How long its outcome has been unknown, by the monotonic clocks of those who looked; never more than it was. In milliseconds. */
  ms: number
  /** Number of answers of Atlas that did not show it done. */
  looks: number
  /** An answer showed something else than what was there before. */
  isMixed: boolean
}

export const noAbsence: Readonly<Absence> = { ms: 0, looks: 0, isMixed: false }

/** Stores what was counted of an unknown change. Returns false if another process has stored more since the change was read. */
export async function storeAbsence(
  transaction: Transaction<Tables>,
  {
    id,
    absence: before,
    attemptSequence,
  }: { id: string; absence: Absence | null; attemptSequence: number | null },
  absence: Absence,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("change")
    .set({ absence: JSON.stringify(absence) })
    .where("id", "=", id)
    .where("state", "=", "unknown")
    .where("attempt_sequence", "=", attemptSequence)
    .where("absence", "is not distinct from", before && JSON.stringify(before))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
