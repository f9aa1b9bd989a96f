import {
  formatCsvHeader,
  formatCsvRows,
  type AuditExportFormat,
  type AuditFilter,
  type AuditRow,
  type CsvColumn,
} from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import { narrowByFilter } from "./audit-query.ts"
import { readAuditPages, toAuditRow } from "./audit-rows.ts"

export const exportTypes: Record<AuditExportFormat, string> = {
  jsonl: "application/jsonl; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
}

/** Exports the matching rows, oldest first, as text part by part: JSON Lines with one `AuditRow` a line, or CSV. */
export async function* exportAudit(
  store: Store,
  format: AuditExportFormat,
  filter: AuditFilter,
): AsyncGenerator<string> {
  if (format === "csv") yield formatCsvHeader(csvColumns)
  for await (const page of readAuditPages(store, (query) => narrowByFilter(query, filter))) {
    const rows = page.map(toAuditRow)
    yield format === "csv"
      ? formatCsvRows(csvColumns, rows)
      : rows.map((row) => `${JSON.stringify(row)}\n`).join("")
  }
}

const csvColumns: CsvColumn<AuditRow>[] = [
  ["sequence", (row) => row.sequence],
  ["at", (row) => row.at],
  ["kind", (row) => row.kind],
  ["action", (row) => row.action],
  ["actorIssuer", (row) => row.actor?.issuer],
  ["actorSubject", (row) => row.actor?.subject],
  ["actorName", (row) => row.actor?.name],
  ["address", (row) => row.address],
  ["projectId", (row) => row.projectId],
  ["peeringId", (row) => row.peeringId],
  ["reason", (row) => row.reason],
  ["requestHash", (row) => row.requestHash],
  ["outcome", (row) => row.outcome],
  ["answerCode", (row) => row.answerCode],
  ["detail", (row) => row.detail],
  ["before", (row) => row.before],
  ["after", (row) => row.after],
  ["attemptSequence", (row) => row.attemptSequence],
  ["previousHash", (row) => row.previousHash],
  ["hash", (row) => row.hash],
]
