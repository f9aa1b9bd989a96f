import { parseJsonValues } from "#formats/loose-json.ts"
import { parseBoxTable } from "#formats/tables.ts"
import { toObject, toText } from "#formats/unknown-json.ts"
import { parseYamlValues } from "#formats/yaml.ts"
import { findCloud, findField, listValues, type NamedField } from "./labels.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import type { Line } from "./sides.ts"

type Row = readonly (readonly [field: NamedField, value: string])[]

/** What divides the cells of a row: of a wiki, a spreadsheet, a CSV file, a printed table. */
const dividers = [/\s*\|\s*/, /\t+/, /\s*[,;]\s*/, /\s{2,}/]
const mostRows = 200
/** Tables of a text that are tried until one has a row. */
const mostTables = 5
/** In characters. */
const longestList = 100_000

/**
 * Reads each row of a table whose columns have names, `VPC | Account | CIDR`, and each thing of a list of code or of a query. None
 * without such a table or list.
 */
export function listRows(lines: readonly Line[], text: string): Pasted["choices"] {
  const rows = listTableRows(lines)
  if (rows.length > 0) return rows
  if (text.length > longestList) return []
  const values = /^[[{]/.test(text)
    ? parseJsonValues(text).map(({ value }) => value)
    : [parseBoxTable(text), ...parseYamlValues(text)]
  return values.map((value) => listThings(value, 0)).find((things) => things.length > 1) ?? []
}

/** Reads the things of the first list whose things have the names of several fields. */
function listThings(value: unknown, depth: number): Pasted["choices"] {
  if (depth > 5) return []
  const inner = Array.isArray(value) ? value : Object.values(toObject(value))
  if (Array.isArray(value)) {
    const choices = value.slice(0, mostRows).flatMap((one) => {
      const entries = Object.entries(toObject(one)).map(([name, cell]) => [name, toText(cell) ?? ""] as const)
      const names = entries.map(([name]) => findField(name))
      const row = toRow(
        entries.map(([, cell]) => cell),
        names,
      )
      return row === null || row.length < 2 ? [] : toChoice(row)
    })
    if (choices.length > 1) return choices
  }
  return (
    inner
      .slice(0, mostRows)
      .map((one) => listThings(one, depth + 1))
      .find((things) => things.length > 1) ?? []
  )
}

function listTableRows(lines: readonly Line[]): Pasted["choices"] {
  const heads = lines.slice(0, 1000).flatMap((line, at) =>
    dividers.flatMap((divider) => {
      const names = toCells(line.text, divider).map(findField)
      return names.filter((field) => field !== undefined).length < 2 ? [] : [{ at, divider, names }]
    }),
  )
  for (const { at, divider, names } of heads.slice(0, mostTables)) {
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

/** A cell that says whose its row is. */
const ofOther =
  /^(?:the )?(?:(?:mongodb )?atlas|mongodb|requester|remote|peer)(?: (?:side|vpc|vnet|network))?$/i

/** Takes the named cells of a row; null for Atlas's or another network's, and for what is no row of the table. */
function toRow(cells: readonly string[], names: readonly (NamedField | undefined)[]): Row | null {
  if (cells.length !== names.length || cells.every((cell) => /^[-: ]*$/.test(cell))) return null
  if (cells.some((cell) => ofOther.test(cell))) return null
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
