import {
  formatCsvHeader,
  formatCsvRows,
  type AuditExportEnd,
  type AuditExportFormat,
  type AuditFilter,
  type AuditRow,
  type CsvColumn,
} from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import type { AuditLog } from "./audit-log.ts"
import { narrowByFilter, toNarrowing } from "./audit-query.ts"
import { toAuditRow } from "#audit/chain/event-data.ts"
import { readEventPages } from "#audit/chain/event-rows.ts"

export const exportTypes: Record<AuditExportFormat, string> = {
  jsonl: "application/jsonl; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
}

/**
 * Exports the matching rows, oldest first, as text part by part: JSON Lines with one `AuditRow` a line, or CSV. JSON Lines end with an
 * `AuditExportEnd`, by which all rows up to its checkpoint can be verified without this server.
 */
export async function* exportAudit(
  { store, audit }: { store: Store; audit: Pick<AuditLog, "end" | "keys"> },
  format: AuditExportFormat,
  filter: AuditFilter,
): AsyncGenerator<string> {
  if (format === "csv") yield formatCsvHeader(csvColumns)
  const checkpoint = await audit.end.readText()
  const narrowing = await toNarrowing(store, filter)
  for await (const page of readEventPages(store, (query) => narrowByFilter(query, narrowing))) {
    const rows = page.map(toAuditRow)
    yield format === "csv" ? formatCsvRows(csvColumns, rows) : rows.map(toLine).join("")
  }
  const end: AuditExportEnd = { kind: "checkpoint", checkpoint, keys: await audit.keys.list(store.db) }
  if (format === "jsonl") yield toLine(end)
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`
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
  ["providerName", (row) => row.providerName],
  ["peeringId", (row) => row.peeringId],
  ["status", (row) => row.status],
  ["afterAt", (row) => row.afterAt],
  ["notification", (row) => row.notification],
  ["reason", (row) => row.reason],
  ["requestHash", (row) => row.requestHash],
  ["outcome", (row) => row.outcome],
  ["answerCode", (row) => row.answerCode],
  ["detail", (row) => row.detail],
  ["before", (row) => row.before],
  ["after", (row) => row.after],
  ["attemptSequence", (row) => row.attemptSequence],
  ["version", (row) => row.version],
  ["once", (row) => row.once],
  ["salt", (row) => row.salt],
  ["digest", (row) => row.digest],
  ["previousHash", (row) => row.previousHash],
  ["hash", (row) => row.hash],
]
