import type { Facts } from "./facts.ts"
import { toWellFormed } from "./well-formed.ts"

/** One block of Terraform's language: `resource "mongodbatlas_network_peering" "app" { … }`. */
export interface HclBlock {
  /** `resource`, and what follows it before the brace. */
  words: readonly string[]
  /** The attributes; an expression, which only Terraform can work out, is at `name.expression`. */
  facts: Facts
  /** Names of attributes whose value is the default of a variable. */
  defaults?: readonly string[]
}

const mostBlocks = 500

/**
 * Parses the outer blocks of Terraform text (HCL native syntax, Terraform 1). Only literal strings, numbers and lists of strings
 * become values. Skips blocks within blocks and all that is no block; never fails.
 */
export function parseHclBlocks(text: string): HclBlock[] {
  const blocks: HclBlock[] = []
  const tokens = tokenize(text)
  let words: string[] = []
  for (let at = 0; at < tokens.length && blocks.length < mostBlocks; at += 1) {
    const token = tokens[at]
    if (token === undefined) break
    if (token.kind === "word" || token.kind === "string") words.push(token.text)
    else if (token.text === "{") {
      const end = findEnd(tokens, at)
      blocks.push({ words, facts: parseAttributes(tokens.slice(at + 1, end)) })
      words = []
      at = end
    } else words = []
  }
  return blocks
}

interface Token {
  kind: "word" | "string" | "template" | "mark" | "line"
  text: string
}

const tokenForms: readonly (readonly [Token["kind"] | "skip", RegExp])[] = [
  ["line", /\r?\n/y],
  ["skip", /[ \t\r\f\v\u00a0]+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y],
  ["string", /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y],
  ["word", /[\w.*-]+/y],
  ["mark", /[^]/y],
]

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" }

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const [kind, found] = findToken(text, at)
    at += found.length
    if (kind === "string") tokens.push(toStringToken(found.slice(1, -1)))
    else if (kind !== "skip") tokens.push({ kind, text: found })
  }
  return tokens
}

function findToken(text: string, at: number): readonly [Token["kind"] | "skip", string] {
  for (const [kind, form] of tokenForms) {
    form.lastIndex = at
    const found = form.exec(text)?.[0]
    if (found !== undefined) return [kind, found]
  }
  return ["skip", text[at] ?? ""]
}

/** `$${` and `%%{` are written braces; `${` and `%{` are for Terraform to work out. */
function toStringToken(inner: string): Token {
  if (/(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(inner)) return { kind: "template", text: inner }
  const text = inner
    .replace(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code: string | undefined, one: string | undefined) =>
      code === undefined ? (escapes[one ?? ""] ?? one ?? "") : String.fromCharCode(parseInt(code, 16)),
    )
    .replace(/([$%])\1\{/g, "$1{")
  return { kind: "string", text }
}

const opening = "{[("
const closing = "}])"

/** Returns where the bracket that opens at `from` closes; the end of the text if it never does. */
function findEnd(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.kind !== "mark") continue
    if (opening.includes(token.text)) depth += 1
    if (closing.includes(token.text)) depth -= 1
    if (depth === 0) return at
  }
  return tokens.length
}

function parseAttributes(tokens: readonly Token[]): Facts {
  const attributes = new Map<string, readonly string[]>()
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    const isName = token?.kind === "word" || token?.kind === "string"
    if (isName && tokens[at + 1]?.text === "=" && tokens[at + 2]?.text !== "=") {
      const end = findValueEnd(tokens, at + 2)
      const value = tokens.slice(at + 2, end)
      const literals = parseLiterals(value)
      if (literals !== null) attributes.set(token.text, literals)
      else attributes.set(`${token.text}.expression`, [joinTokens(value)])
      at = end
    } else if (token?.kind === "mark" && opening.includes(token.text)) at = findEnd(tokens, at)
  }
  return attributes
}

/** Returns where an attribute's value ends: at the end of its line, or where its brackets close. */
function findValueEnd(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.kind === "line") return at
    if (token?.kind === "mark" && opening.includes(token.text)) at = findEnd(tokens, at)
  }
  return tokens.length
}

/** Returns a string, a number or a list of strings; null for any other value. */
function parseLiterals(tokens: readonly Token[]): string[] | null {
  const [first, ...rest] = tokens.filter(({ kind }) => kind !== "line")
  if (first !== undefined && rest.length === 0 && (first.kind === "string" || /^\d+$/.test(first.text)))
    return [first.text]
  const items = rest.slice(0, -1).filter(({ text }) => text !== ",")
  return first?.text === "[" && items.every(({ kind }) => kind === "string")
    ? items.map(({ text }) => text)
    : null
}

function joinTokens(tokens: readonly Token[]): string {
  return tokens
    .slice(0, 40)
    .map(({ text }) => text.trim())
    .join("")
}

/** Writes a name as Terraform's providers do: `routeTableCidrBlock` → `route_table_cidr_block`. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Escapes of HCL's quoted templates (HCL native syntax, Template Expressions). */
const shortEscapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
}

/**
 * Writes a value as a quoted string of Terraform's language. Doubles the mark of `${` and `%{`, so Terraform works nothing out.
 */
export function formatHclString(value: string): string {
  const escaped = toWellFormed(value)
    .replace(/[\p{Cc}"\\\u2028\u2029]/gu, (one) => shortEscapes[one] ?? toUnicode(one))
    // A run of marks before the brace is read from its beginning, so that doubling would end in the wrong place; only the last
    // one may stay as it is.
    .replace(
      /([$%])(\1*)\{/g,
      (_, mark: string, more: string) => `${toUnicode(mark).repeat(more.length)}${mark}${mark}{`,
    )
  return `"${escaped}"`
}

function toUnicode(one: string): string {
  return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`
}

/** An expression of Terraform's language, as opposed to a text. */
interface Expression {
  expression: string
}

/** Marks a value as an expression, which is written without quotes. */
export function hcl(expression: string): Expression {
  return { expression }
}

/** A value of an attribute: a text or a list of texts, which are quoted, or an expression. */
export type HclValue = string | readonly string[] | Expression

function formatHclValue(value: HclValue): string {
  if (typeof value === "string") return formatHclString(value)
  return "expression" in value ? value.expression : `[${value.map(formatHclString).join(", ")}]`
}

/**
 * Writes one block of Terraform's language.
 * @param nested formatted blocks inside it
 */
export function formatHclBlock(
  kind: string,
  labels: readonly string[],
  attributes: Readonly<Record<string, HclValue>>,
  nested: readonly string[] = [],
): string {
  const width = Math.max(...Object.keys(attributes).map((name) => name.length))
  const lines = Object.entries(attributes).map(
    ([name, value]) => `  ${name.padEnd(width)} = ${formatHclValue(value)}\n`,
  )
  const inner = nested.map((block) => block.replace(/^(?=.)/gm, "  "))
  return `${[kind, ...labels.map((label) => `"${label}"`)].join(" ")} {\n${[...lines, ...inner].join("")}}\n`
}
