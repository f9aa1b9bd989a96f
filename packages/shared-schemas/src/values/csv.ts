export type CsvValue = string | number | boolean | object | null | undefined

/** A column's name and the value of its cell in a row, e.g. `["id", (row) => row.id]`. An object becomes JSON. */
export type CsvColumn<Row> = readonly [name: string, read: (row: Row) => CsvValue]

/** Formats the column names as the first line. Its byte order mark tells Excel that the file is UTF-8. */
export function formatCsvHeader<Row>(columns: readonly CsvColumn<Row>[]): string {
  return `\uFEFF${formatLine(columns.map(([name]) => name))}`
}

/** Formats rows as lines of CSV (RFC 4180). */
export function formatCsvRows<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => formatLine(columns.map(([, read]) => read(row)))).join("")
}

function formatLine(values: readonly CsvValue[]): string {
  return `${values.map(formatCell).join(",")}\r\n`
}

/**
 * Matches where a spreadsheet could start to read a formula: at the start of a cell, and after a semicolon, tab or line break, where
 * some programs start a new cell. Spaces and quotes before the sign do not disarm it, and full-width signs count too.
 */
const formulaStarts = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=(?:"|[^\S\t\r\n])*[=+\-@＝＋－＠])/gu

/** Puts an apostrophe before each formula, which makes a spreadsheet show it as text (OWASP: CSV Injection). */
function formatCell(value: CsvValue): string {
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "")
  return `"${text.replace(formulaStarts, "'").replaceAll('"', '""')}"`
}
