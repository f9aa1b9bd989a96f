/** One block of Terraform's language: `resource "mongodbatlas_network_peering" "app" { … }`. */
export interface HclBlock {
  /** `resource`, and what stands between it and the brace. */
  words: readonly string[]
  attributes: ReadonlyMap<string, HclValue>
}

/** A literal, or an expression that only Terraform can work out. */
type HclValue = { literal: string | readonly string[] } | { expression: string }

const mostBlocks = 500

/**
 * Reads the outer blocks of Terraform text (HCL native syntax, Terraform 1). Only literal strings, numbers and lists of strings
 * become values; blocks within blocks are stepped over. Nothing makes it fail: what is no block is skipped.
 */
export function readHclBlocks(text: string): HclBlock[] {
  const blocks: HclBlock[] = []
  const tokens = readTokens(text)
  let words: string[] = []
  for (let at = 0; at < tokens.length && blocks.length < mostBlocks; at += 1) {
    const token = tokens[at]
    if (token === undefined) break
    if (token.kind === "word" || token.kind === "string") words.push(token.text)
    else if (token.text === "{") {
      const end = findEnd(tokens, at)
      blocks.push({ words, attributes: readAttributes(tokens.slice(at + 1, end)) })
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

function readTokens(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const [kind, found] = readToken(text, at)
    at += found.length
    if (kind === "string") tokens.push(toStringToken(found.slice(1, -1)))
    else if (kind !== "skip") tokens.push({ kind, text: found })
  }
  return tokens
}

function readToken(text: string, at: number): readonly [Token["kind"] | "skip", string] {
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

/** Where the bracket that opens at `from` closes; the end of the text if it never does. */
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

function readAttributes(tokens: readonly Token[]): Map<string, HclValue> {
  const attributes = new Map<string, HclValue>()
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    const isName = token?.kind === "word" || token?.kind === "string"
    if (isName && tokens[at + 1]?.text === "=" && tokens[at + 2]?.text !== "=") {
      const end = findValueEnd(tokens, at + 2)
      attributes.set(token.text, toValue(tokens.slice(at + 2, end)))
      at = end
    } else if (token?.kind === "mark" && opening.includes(token.text)) at = findEnd(tokens, at)
  }
  return attributes
}

/** An attribute's value goes to the end of its line, or to where its brackets close. */
function findValueEnd(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.kind === "line") return at
    if (token?.kind === "mark" && opening.includes(token.text)) at = findEnd(tokens, at)
  }
  return tokens.length
}

function toValue(tokens: readonly Token[]): HclValue {
  const [first, ...rest] = tokens.filter(({ kind }) => kind !== "line")
  if (first !== undefined && rest.length === 0) {
    if (first.kind === "string" || /^\d+$/.test(first.text)) return { literal: first.text }
  }
  const inner = rest.slice(0, -1).filter(({ text }) => text !== ",")
  if (first?.text === "[" && inner.every(({ kind }) => kind === "string"))
    return { literal: inner.map(({ text }) => text) }
  return {
    expression: tokens
      .slice(0, 40)
      .map(({ text }) => text.trim())
      .join(""),
  }
}
