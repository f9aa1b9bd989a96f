import { parseLooseJson } from "./loose-json.ts"
import { toWellFormed } from "./well-formed.ts"

const longest = 300_000
const line = /^( *)((?:- +|-$)*)(?:["']?([\w./:-]{1,80}?)["']?:(?: +|$))?(.*)$/

/** An open map or list, and the column at which its items begin. */
interface Frame {
  indent: number
  value: Record<string, unknown> | unknown[]
}

interface Slot {
  indent: number
  put: (value: unknown) => void
}

/**
 * Parses the YAML of manifests and command lines: maps, lists and scalars, which stay texts. Not the whole language: skips what is
 * written in another way. A line that is no YAML, or a name that repeats, starts the next value: outputs of several commands may
 * follow each other, with their prompts between.
 */
export function parseYamlValues(text: string): unknown[] {
  return text
    .slice(0, longest)
    .split(/^---.*$/m, 501)
    .flatMap(parseDocument)
}

function parseDocument(text: string): unknown[] {
  const roots: unknown[] = []
  const frames: Frame[] = []
  /** Takes the map or list that the next lines describe, to the right of a column. */
  let slot = null as Slot | null
  /** The column of a name whose block of text is skipped. */
  let skipped: number | null = null

  for (const one of text.split(/\r?\n/)) {
    const [, { length: margin } = "", dashes = "", name, rest = ""] = line.exec(one.slice(0, 4000)) ?? []
    if (skipped !== null && (margin > skipped || one.trim() === "")) continue
    skipped = null
    if (rest.startsWith("#") || (name === undefined && dashes === "" && rest.trim() === "")) continue
    if (name === undefined && dashes === "") {
      if (margin === 0) restart()
      continue
    }
    for (let at = 0; at < dashes.length; at += 1) if (dashes[at] === "-") openItem(margin + at)
    const isBlock = /^[|>][-+\d]*$/.test(rest)
    const value = isBlock ? null : parseValue(rest)
    if (name !== undefined) openName(margin + dashes.length, name, value)
    else if (value !== null) slot?.put(value)
    if (isBlock) skipped = margin
  }
  return roots

  function restart(): void {
    frames.length = 0
    slot = null
  }

  /** Returns the map or list at a column, opening one where none is. */
  function open(indent: number, isList: boolean): Frame["value"] {
    const mayNest = isList && slot?.indent === indent
    for (let last = frames.at(-1); last !== undefined; last = frames.at(-1)) {
      const isHere = last.indent === indent && Array.isArray(last.value) === isList
      if (isHere) return last.value
      if (last.indent < indent || (last.indent === indent && mayNest)) break
      frames.pop()
    }
    const value = isList ? [] : {}
    if (frames.length > 0 && slot !== null && slot.indent <= indent) slot.put(value)
    else {
      frames.length = 0
      roots.push(value)
    }
    frames.push({ indent, value })
    return value
  }

  function openItem(indent: number): void {
    const items = open(indent, true) as unknown[]
    slot = { indent, put: (value) => void items.push(value) }
  }

  function openName(indent: number, name: string, value: unknown): void {
    let map = open(indent, false) as Record<string, unknown>
    if (frames.length === 1 && Object.hasOwn(map, name)) {
      restart()
      map = open(indent, false) as Record<string, unknown>
    }
    const put = (given: unknown) =>
      void Object.defineProperty(map, name, { value: given, enumerable: true, configurable: true })
    if (value !== null) put(value)
    slot = value === null ? { indent, put } : null
  }
}

/** Returns a scalar or a list in brackets; null for nothing. CloudFormation's `!Ref x` is an object, as in JSON. */
function parseValue(text: string): unknown {
  const [, tag, given = ""] = /^!(\w{1,30}) +(.+)$/.exec(text) ?? []
  if (tag !== undefined) return { [`Fn::${tag}`]: parseValue(given) }
  // Code that looks like YAML opens a block here.
  if (/^[[{]\s*$/.test(text)) return null
  return /^[[{]/.test(text) ? (parseLooseJson(text)?.value ?? null) : parseScalar(text)
}

/** Returns the text of a scalar without its quotes or a comment after it; null for nothing. */
function parseScalar(text: string): string | null {
  const double = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0]
  if (double !== undefined) {
    try {
      return String(JSON.parse(double))
    } catch {
      return null
    }
  }
  const single = /^'((?:[^']|'')*)'/.exec(text)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  const plain = text.replace(/(^|\s)#.*$/, "").trim()
  return ["", "null", "~"].includes(plain) ? null : plain
}

/** Texts, lists of texts or maps, and maps of these, in order. Skips what is undefined. */
export interface YamlThing {
  readonly [name: string]: string | readonly (string | YamlThing)[] | YamlThing | undefined
}

/**
 * Writes YAML with every value as a double-quoted scalar: none turns into a number, a date or a boolean. Names are ours and need no
 * quotes.
 */
export function formatYaml(thing: YamlThing, indent = ""): string {
  return Object.entries(thing)
    .map(([name, value]) => {
      if (value === undefined) return ""
      if (typeof value === "string") return `${indent}${name}: ${formatYamlString(value)}\n`
      if (isList(value)) return `${indent}${name}:\n${value.map((one) => formatItem(one, indent)).join("")}`
      return `${indent}${name}:\n${formatYaml(value, `${indent}  `)}`
    })
    .join("")
}

function isList(
  value: readonly (string | YamlThing)[] | YamlThing,
): value is readonly (string | YamlThing)[] {
  return Array.isArray(value)
}

/** The first name of a map is on the line of its dash. */
function formatItem(item: string | YamlThing, indent: string): string {
  if (typeof item === "string") return `${indent}  - ${formatYamlString(item)}\n`
  return `${indent}  - ${formatYaml(item, `${indent}    `).trimStart()}`
}

/** Escapes like JSON, and the characters that YAML 1.1 takes for line breaks or not printable. */
function formatYamlString(value: string): string {
  return JSON.stringify(toWellFormed(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
