import { findCloud, findField, listValues, type NamedField } from "./labels.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import { readSide, type Line } from "./sides.ts"

type Row = readonly (readonly [field: NamedField, value: string])[]

/** What divides the cells of a row: of a wiki, a spreadsheet, a CSV file, a printed table. */
const dividers = [/\s*\|\s*/, /\t+/, /\s*[,;]\s*/, /\s{2,}/]
const mostRows = 200

/** Reads each row of a table whose columns have names, `VPC | Account | CIDR`. None without such a table. */
export function listRows(lines: readonly Line[]): Pasted["choices"] {
  for (const [at, line] of lines.slice(0, 1000).entries())
    for (const divider of dividers) {
      const names = toCells(line.text, divider).map(findField)
      if (names.filter((field) => field !== undefined).length < 2) continue
      const rows = lines
        .slice(at + 1, at + 1 + mostRows)
        .map(({ text }) => toRow(toCells(text, divider), names))
      const choices = rows.flatMap((row) => (row === null ? [] : toChoice(row)))
      if (choices.length > 0) return choices
    }
  return []
}

function toCells(text: string, divider: RegExp): string[] {
  return text.replace(/^[\s|]+|[\s|]+$/g, "").split(divider, 50)
}

/** Takes the named cells of a row; null for Atlas's or another network's, and for what is no row of the table. */
function toRow(cells: readonly string[], names: readonly (NamedField | undefined)[]): Row | null {
  if (cells.length !== names.length) return null
  if (cells.some((cell) => ["atlas", "remote"].includes(readSide(cell) ?? ""))) return null
  return names.flatMap((field, at) => {
    const values = field === undefined ? [] : listValues(field, cells[at] ?? "")
    return values.map((value) => [field as NamedField, value] as const)
  })
}

function toChoice(row: Row): Pasted["choices"][number][] {
  const cloud = findCloud(row.map(([field]) => field))
  if (cloud === null) return []
  const builder = new PastedBuilder()
  builder.setCloud(cloud)
  for (const [field, value] of row)
    if (field !== "networkBlocks" || cloud !== "AWS") builder.put(field, value, "The table")
  return [{ title: row.map(([, value]) => value).join(", "), pasted: builder.build("text") }]
}
