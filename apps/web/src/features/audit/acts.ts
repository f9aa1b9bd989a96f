import type { AuditPage, AuditRow } from "@peering-desk/shared-schemas"

/** One act: an event, or an attempt with its last outcome. */
export interface AuditAct {
  row: AuditRow
  /** Null for an event, and while the outcome is not known. */
  end: AuditRow | null
}

/** Pairs the attempts of some pages with their outcomes. The last outcome counts. */
export function listActs(pages: readonly AuditPage[]): AuditAct[] {
  const ends = new Map<number | null, AuditRow>()
  for (const { outcomes = [] } of pages) for (const end of outcomes) ends.set(end.attemptSequence, end)
  return pages.flatMap(({ rows }) => rows.map((row) => ({ row, end: ends.get(row.sequence) ?? null })))
}
