import { toAuditRow } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import type { Logger } from "#base/logger.ts"

/** The server's log without `LOG_LEVEL`, for what is kept as a second copy: with gaps it would be none. */
export function toGaplessLog(logger: Logger): Logger {
  return logger.child({}, { level: "info" })
}

/** Writes each audit row to a log, as one JSON line with the row in `auditRow`, as the API returns it. */
export function createRowLines(output: Logger): (row: StoredEvent) => void {
  return (row) => output.info({ auditRow: toAuditRow(row) }, "audit row")
}
