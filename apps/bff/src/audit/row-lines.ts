import { toAuditRow } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import type { Logger } from "#base/logger.ts"

/**
 * Writes each audit row to the server's log, as one JSON line with the row in `auditRow`, as the API returns it. `LOG_LEVEL` does not
 * count: a second copy with gaps would be none.
 */
export function createRowLines(logger: Logger): (row: StoredEvent) => void {
  const lines = logger.child({}, { level: "info" })
  return (row) => lines.info({ auditRow: toAuditRow(row) }, "audit row")
}
