import { parseLooseJson } from "./loose-json.ts"
import { toObject } from "./unknown-json.ts"

type Thing = Record<string, unknown>

const mostLines = 20_000

/**
 * Parses the tables of `aws --output=table` into the JSON that they were printed from. More bars at the left mean deeper; a row of one
 * cell is a name. Null when the text has no such table.
 */
export function parseBoxTable(text: string): unknown {
  if (!/^\|.{0,300}\|\s*$/m.test(text) || !/^[|+]+-[-+|]+\s*$/m.test(text)) return null
  const rows = text.split(/\r?\n/, mostLines).map(toRow)
  const root: Thing = {}
  const parents: Thing[] = [root]
  let header: readonly string[] | null = null
  const putName = ({ depth, cells: [name = ""] }: Row, at: number) => {
    const parent = parents[depth - 1] ?? root
    // A name at the same depth as the one before it, without values below it, is the value of a list of texts.
    if (depth > 1 && rows.slice(at + 1, at + 4).every((one) => one === null))
      return add(parent, "values", name)
    const thing: Thing = {}
    add(parent, name, thing)
    parents.length = depth
    parents[depth] = thing
    header = null
  }
  const putCells = ({ depth, cells }: Row, at: number) => {
    if (header === null && isHeader(rows, at)) header = cells
    else addRow(parents[depth] ?? root, cells, header)
    if (rows[at + 1] === null && rows[at + 2]?.depth !== depth) header = null
  }
  rows.forEach((row, at) => {
    if (row?.cells.length === 1) putName(row, at)
    else if (row !== null) putCells(row, at)
  })
  return unwrap(root)
}

/** The rows of a table below their names; a symbol, which no cell of a table can be. */
const rowsOf = Symbol("rows")
type Table = Thing & { [rowsOf]?: unknown[] }

/** Adds a row by the names of its columns; without a header, two cells are a name and its value. */
function addRow(table: Table, cells: readonly string[], header: readonly string[] | null): void {
  const [name = "", value = ""] = cells
  if (header === null && cells.length === 2) table[name] = value
  else {
    const row =
      header === null ? cells : Object.fromEntries(cells.map((cell, at) => [header[at] ?? "", cell]))
    table[rowsOf] ??= []
    table[rowsOf].push(row)
  }
}

/** Returns the rows of what has nothing else. */
function unwrap(value: unknown, depth = 0): unknown {
  if (depth > 20 || typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map((one) => unwrap(one, depth + 1))
  const rows = (value as Table)[rowsOf]
  const inner = Object.entries(value).map(([name, one]) => [name, unwrap(one, depth + 1)] as const)
  if (rows !== undefined && inner.length === 0) return rows
  // A thing with lists has its own values in one row.
  const [own, ...others] = rows ?? []
  return { ...(others.length === 0 && toObject(own)), ...Object.fromEntries(inner) }
}

interface Row {
  depth: number
  cells: readonly string[]
}

/** Returns a row's cells; null for a ruled line and for what is no row. */
function toRow(line: string): Row | null {
  const bars = /^\|+/.exec(line)?.[0] ?? ""
  const inner = line.trimEnd().slice(bars.length).replace(/\|+$/, "")
  if (bars === "" || /^\+?-[-+]*$/.test(inner)) return null
  return { depth: bars.length, cells: inner.split("|", 100).map((cell) => cell.trim()) }
}

/** Tells if a row is alone between two ruled lines, above further rows of as many cells. */
function isHeader(rows: readonly (Row | null)[], at: number): boolean {
  const [row, below] = [rows[at], rows[at + 2]]
  return (
    rows[at - 1] === null &&
    rows[at + 1] === null &&
    below?.depth === row?.depth &&
    below?.cells.length === row?.cells.length
  )
}

/** Adds a value below a name; a second one makes a list of both. */
function add(thing: Thing, name: string, value: unknown): void {
  if (name === "__proto__") return
  const known = thing[name]
  if (!Object.hasOwn(thing, name)) thing[name] = value
  else if (Array.isArray(known)) known.push(value)
  else thing[name] = [known, value]
}

/**
 * Parses tables of `az` and `gcloud`, whose columns begin below their names, into things by those names in camel case:
 * `IP_CIDR_RANGE` → `ipCidrRange`. None when the text has no such table.
 */
export function parseColumns(text: string): Thing[] {
  const lines = text.split(/\r?\n/, mostLines)
  const things: Thing[] = []
  let columns: readonly { name: string; from: number; to: number }[] | null = null
  lines.forEach((line, at) => {
    if (ruler.test(line)) return
    const below = lines[at + 1] ?? ""
    const isRuled = ruler.test(below)
    if (isRuled || /^ *[A-Z][A-Z0-9_]{1,40}(?: +[A-Z][A-Z0-9_]{1,40})+\s*$/.test(line))
      columns = toColumns(isRuled ? below : line, line)
    else if (line.trim() === "") columns = null
    else if (columns !== null) {
      const thing: Thing = {}
      for (const { name, from, to } of columns) {
        const cell = line.slice(from, to).trim()
        if (cell !== "") add(thing, name, cell)
      }
      things.push(thing)
    }
  })
  return things
}

const ruler = /^ *-{2,}(?: +-{2,})*\s*$/

function toColumns(ruled: string, names: string) {
  const starts = [...ruled.slice(0, 2000).matchAll(/\S+/g)].map(({ index }) => index)
  return starts.flatMap((from, at) => {
    const to = starts[at + 1] ?? Infinity
    const name = toCamelCase(names.slice(from, to).trim())
    return name === "" ? [] : { name, from, to }
  })
}

function toCamelCase(name: string): string {
  const words = /[a-z]/.test(name)
    ? name
    : name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return words.charAt(0).toLowerCase() + words.slice(1)
}

/**
 * Parses the list that PowerShell prints of an object, `Name : hub` a line, with JSON in some values. Names begin in lower case, as
 * `az` writes them. None when the text has no such list.
 */
export function parsePropertyList(text: string): Thing[] {
  const things: Thing[] = []
  const lines = text.split(/\r?\n/, mostLines)
  let thing: Thing = {}
  lines.forEach((line, at) => {
    const [, name, rest = ""] = /^([A-Z]\w{1,60}) *: ?(.*)$/.exec(line) ?? []
    if (line.trim() === "") thing = {}
    if (name === undefined) return
    const key = toCamelCase(name)
    if (Object.hasOwn(thing, key)) thing = {}
    if (Object.keys(thing).length === 0) things.push(thing)
    const value = parsePropertyValue(rest, lines, at)
    if (value !== "" && value != null) thing[key] = value
  })
  return things.filter((one) => Object.keys(one).length > 1)
}

/** Parses the text after a name; JSON goes on in the lines below. */
function parsePropertyValue(text: string, lines: readonly string[], at: number): unknown {
  if (!/^[[{]/.test(text)) return text.trim()
  return parseLooseJson([text, ...takeIndented(lines, at)].join("\n"))?.value
}

function takeIndented(lines: readonly string[], at: number): readonly string[] {
  const end = lines.findIndex((line, index) => index > at && !/^ {4}/.test(line))
  return lines.slice(at + 1, end < 0 ? lines.length : end)
}
