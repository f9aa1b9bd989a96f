import { addFacts, type Facts } from "./facts.ts"
import { parseLooseJson } from "./loose-json.ts"
import { toWellFormed } from "./well-formed.ts"

const longest = 300_000
const line = /^( *)(- +)?(?:["']?([\w./-]{1,80})["']?:(?: +|$))?(.*)$/

/**
 * Parses the YAML of manifests and of gcloud, a list of facts for each document: nested names, texts, and lists of either. Not the
 * whole language: skips what is written in another way.
 */
export function parseYaml(text: string): Facts[] {
  return text
    .slice(0, longest)
    .split(/^---.*$/m, 501)
    .map(parseDocument)
}

function parseDocument(text: string): Facts {
  const facts = new Map<string, unknown[]>()
  const open: { indent: number; path: string }[] = []
  for (const one of text.split(/\r?\n/)) {
    const [, { length: margin } = "", dash = "", name, rest = ""] = line.exec(one.slice(0, 4000)) ?? []
    if (rest.startsWith("#") || (name === undefined && rest.trim() === "")) continue
    // The items of a list may be as far left as its name.
    const inner = dash === "" ? margin : margin + 1
    const depth = open.findLastIndex(({ indent }) => indent < inner) + 1
    const path = [open[depth - 1]?.path ?? [], name ?? []].flat().join(".")
    if (name !== undefined) open.splice(depth, Infinity, { indent: margin + dash.length, path })
    const value = /^[[{]/.test(rest) ? (parseLooseJson(rest)?.value ?? null) : parseScalar(rest)
    if (value !== null) addFacts(facts, path, value)
  }
  return facts
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

/** Texts, lists of texts, and maps of either, in order. Skips what is undefined. */
export interface YamlThing {
  readonly [name: string]: string | readonly string[] | YamlThing | undefined
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
      if (isList(value))
        return `${indent}${name}:\n${value.map((one) => `${indent}  - ${formatYamlString(one)}\n`).join("")}`
      return `${indent}${name}:\n${formatYaml(value, `${indent}  `)}`
    })
    .join("")
}

function isList(value: readonly string[] | YamlThing): value is readonly string[] {
  return Array.isArray(value)
}

/** Escapes like JSON, and the characters that YAML 1.1 takes for line breaks or not printable. */
function formatYamlString(value: string): string {
  return JSON.stringify(toWellFormed(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
