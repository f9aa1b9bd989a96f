import type { AuditExportFormat, AuditFields, AuditFilter, AuditRow } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import { narrowByFilter } from "./audit-query.ts"
import { readAuditPages, toAuditRow } from "./audit-rows.ts"

export const exportTypes: Record<AuditExportFormat, string> = {
  jsonl: "application/jsonl; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
}

/**
 * The rows that match, oldest first, as text part by part: JSON Lines (one `AuditRow` a line), or CSV (RFC 4180) with a byte order
 * mark, by which Excel knows UTF-8.
 */
export async function* exportAudit(
  store: Store,
  format: AuditExportFormat,
  filter: AuditFilter,
): AsyncGenerator<string> {
  if (format === "csv") yield `\uFEFF${toCsvLine(csvColumns.map(([name]) => name))}`
  for await (const page of readAuditPages(store, (query) => narrowByFilter(query, filter))) {
    const lines = page
      .map(toAuditRow)
      .map((row) =>
        format === "csv"
          ? toCsvLine(csvColumns.map(([, read]) => toCellText(read(row))))
          : `${JSON.stringify(row)}\n`,
      )
    yield lines.join("")
  }
}

type Cell = string | number | null | undefined | AuditFields

const csvColumns: [string, (row: AuditRow) => Cell][] = [
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

function toCellText(value: Cell): string {
  if (value === null || value === undefined) return ""
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(toCsvCell).join(",")}\r\n`
}

/**
 * Where a spreadsheet would run what follows as a formula: at the start of a cell, and within it where one begins for a program that
 * parts cells by semicolons or tabs. The wide forms of the signs count as the signs do.
 */
const formulaStarts = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=[" ]*[=+\-@＝＋－＠])/g

/** With an apostrophe before it, a formula is shown as text (OWASP: CSV Injection). */
export function toCsvCell(text: string): string {
  return `"${text.replace(formulaStarts, "'").replaceAll('"', '""')}"`
}
