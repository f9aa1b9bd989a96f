/** A JSON value read from text that people edited, with what had to be repaired. */
interface LooseJson {
  value: unknown
  /** Sentences without a full stop, in the order of the text. */
  repairs: readonly string[]
  /** The text after it. */
  rest: string
}

/** Deeper than any answer of a cloud; keeps hostile text from exhausting the stack. */
const deepest = 60
/** A text that needs more repairs is something else. */
const mostRepairs = 20

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" }

/**
 * Reads an object or a list at the beginning of a text; null without one. Takes what people paste: missing or trailing
 * commas, an end that is cut off, single quotes, bare names, line comments. Strict JSON is read as JSON.parse does.
 */
export function parseLooseJson(text: string): LooseJson | null {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed)) return null
  try {
    return { value: JSON.parse(trimmed) as unknown, repairs: [], rest: "" }
  } catch {
    return createReader(trimmed).read()
  }
}

/** More outputs of commands than anybody copies at once. */
const mostValues = 10

/** Lists the objects and lists that begin a line, each with the text above it. */
export function parseJsonValues(text: string): (LooseJson & { above: string })[] {
  const values: (LooseJson & { above: string })[] = []
  let rest = text
  while (values.length < mostValues) {
    const start = /^[[{]/.test(rest) ? 0 : rest.search(/^[ \t]{0,8}[[{]/m)
    const parsed = start < 0 ? null : parseLooseJson(rest.slice(start))
    if (parsed === null) break
    values.push({ ...parsed, above: rest.slice(0, start) })
    rest = parsed.rest
  }
  return values
}

class Unreadable extends Error {}

const literals = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
])

function createReader(text: string) {
  let at = 0
  const repairs: string[] = []

  function repair(says: string): void {
    if (repairs.length === mostRepairs) throw new Unreadable()
    repairs.push(says)
  }

  function match(pattern: RegExp): string | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    if (found !== null) at += found.length
    return found
  }

  function skip(): void {
    while (match(/\s+|\/\/[^\n]*|#[^\n]*/y) !== null);
  }

  function readString(quote: string): string {
    let read = ""
    at += 1
    for (;;) {
      read += match(quote === '"' ? /[^"\\\n]+/y : /[^'\\\n]+/y) ?? ""
      const next = text[at]
      if (next === undefined || next === "\n") {
        repair(`the closing quote after ${JSON.stringify(read.slice(0, 40))} is missing`)
        return read.replace(/(?<![\s,])[\s,]+$/, "")
      }
      at += 1
      if (next === quote) return read
      const escaped = text[at] ?? ""
      const code = escaped === "u" ? /^[0-9a-f]{4}$/i.exec(text.slice(at + 1, at + 5))?.[0] : undefined
      at += code === undefined ? 1 : 5
      read += code === undefined ? (escapes[escaped] ?? escaped) : String.fromCharCode(parseInt(code, 16))
    }
  }

  function readValue(depth: number): unknown {
    if (depth > deepest) throw new Unreadable()
    skip()
    const next = text[at]
    if (next === '"' || next === "'") return readString(next)
    if (next === "{") return Object.fromEntries(readItems("}", () => readEntry(depth)))
    if (next === "[") return readItems("]", () => readValue(depth + 1))
    const word = match(/[^\s,:{}[\]"']+/y)
    if (word === null) throw new Unreadable()
    if (literals.has(word)) return literals.get(word)
    // A number with leading zeros, or of more digits than a number holds, is an account id that somebody left without quotes.
    return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(word) ? Number(word) : word
  }

  function readEntry(depth: number): [string, unknown] {
    const next = text[at]
    const name = next === '"' || next === "'" ? readString(next) : match(/[\w.$-]+/y)
    skip()
    if (name === null || match(/[:=]/y) === null) throw new Unreadable()
    return [name, readValue(depth + 1)]
  }

  function readItems<Item>(end: string, readItem: () => Item): Item[] {
    const items: Item[] = []
    at += 1
    for (;;) {
      skip()
      const comma = match(/,[\s,]*/y)
      skip()
      if (text[at] === end) {
        at += 1
        return items
      }
      if (text[at] === undefined) {
        repair(`the text ends before its last ${end}`)
        return items
      }
      if (comma === null && items.length > 0)
        repair(`a comma is missing before ${text.slice(at, at + 30).split("\n")[0]}`)
      items.push(readItem())
    }
  }

  return {
    read(): LooseJson | null {
      try {
        return { value: readValue(0), repairs, rest: text.slice(at) }
      } catch (error) {
        if (error instanceof Unreadable) return null
        throw error
      }
    },
  }
}
