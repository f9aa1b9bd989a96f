import { parseSync, Visitor } from "vite"

/** A piece of prose: its lines with their numbers in the file. */
export interface Prose {
  path: string
  lines: { line: number; text: string }[]
}

export interface SourceFile {
  path: string
  content: string
}

interface Call {
  callee: unknown
  arguments: unknown[]
}

/** Returns a file's comments. Line comments that follow each other are one. */
export function listComments(file: SourceFile): Prose[] {
  const spans = file.path.endsWith(".css") ? listCssComments(file.content) : listScriptComments(file)
  const comments: Prose[] = []
  for (const { start, text, isLine } of spans) {
    const first = lineAt(file.content, start)
    const lines = text.split("\n").map((part, index) => ({ line: first + index, text: cleanComment(part) }))
    const last = comments.at(-1)
    if (isLine && last?.lines.at(-1)?.line === first - 1) last.lines.push(...lines)
    else comments.push({ path: file.path, lines })
  }
  return comments
}

/** Tells a doc comment, which has two asterisks, from other comments. */
export function isDocComment(file: SourceFile, { lines }: Prose): boolean {
  const first = file.content.split("\n")[(lines[0]?.line ?? 1) - 1] ?? ""
  return /^\s*\/\*\*/.test(first)
}

/** Returns a document's paragraphs, table rows and headings, without code and the targets of links. */
export function listParagraphs({ path, content }: SourceFile): Prose[] {
  const withoutFences = content.replace(/^```[\s\S]*?^```/gm, (fence) => fence.replace(/[^\n]/g, ""))
  const paragraphs: Prose[] = []
  let isOpen = false
  withoutFences.split("\n").forEach((text, index) => {
    const entry = { line: index + 1, text: text.replace(/\]\([^)]*\)/g, "]") }
    const isBlank = text.trim() === ""
    const opensAnother = /^\s*([-*#|]|\d+\.)/.test(text)
    if (!isBlank && isOpen && !opensAnother) paragraphs.at(-1)?.lines.push(entry)
    else if (!isBlank) paragraphs.push({ path, lines: [entry] })
    isOpen = !isBlank
  })
  return paragraphs
}

/** Returns the strings of a file, JSX text and template literals included, imports excluded. */
export function listStrings(file: SourceFile): Prose[] {
  const strings: Prose[] = []
  const add = (start: number, text: string) => strings.push(toProse(file, start, text))
  const imports = new Set<number>()
  new Visitor({
    ImportDeclaration: ({ source }) => void imports.add(source.start),
    Literal: ({ start, value }) => {
      if (typeof value === "string" && !imports.has(start)) add(start, value)
    },
    TemplateElement: ({ start, value }) => add(start, value.raw),
    JSXText: ({ start, value }) => add(start, value),
  }).visit(parse(file).program)
  return strings
}

/** Returns the first arguments of `it`, `test` and `describe`, their `.each` and `.skip` forms included. */
export function listTitles(file: SourceFile): Prose[] {
  const titles: Prose[] = []
  new Visitor({
    CallExpression: (call) => {
      const title = call.arguments[0]
      if (title === undefined || !isTestCall(call)) return
      if (title.type === "Literal" && typeof title.value === "string")
        titles.push(toProse(file, title.start, title.value))
      if (title.type === "TemplateLiteral")
        titles.push(toProse(file, title.start, title.quasis.map(({ value }) => value.raw).join("…")))
    },
  }).visit(parse(file).program)
  return titles
}

function isTestCall({ callee }: Call): boolean {
  let node = callee as { type: string; name?: string; object?: unknown; callee?: unknown; property?: unknown }
  while (node.type === "MemberExpression" || node.type === "CallExpression") {
    if ((node.property as { name?: string } | undefined)?.name === "step") return false
    node = (node.object ?? node.callee) as typeof node
  }
  return node.type === "Identifier" && ["it", "test", "describe"].includes(node.name ?? "")
}

function listScriptComments(file: SourceFile): { start: number; text: string; isLine: boolean }[] {
  return parse(file).comments.map(({ start, value, type }) => ({
    start,
    text: value,
    isLine: type === "Line",
  }))
}

function listCssComments(content: string): { start: number; text: string; isLine: boolean }[] {
  return [...content.matchAll(/\/\*([\s\S]*?)\*\//g)].map(({ index, 1: text = "" }) => ({
    start: index,
    text,
    isLine: false,
  }))
}

function parse({ path, content }: SourceFile): ReturnType<typeof parseSync> {
  const result = parseSync(path, content)
  if (result.errors.length > 0) throw new Error(`${path} cannot be parsed: ${result.errors[0]?.message}`)
  return result
}

function toProse({ path, content }: SourceFile, start: number, text: string): Prose {
  const first = lineAt(content, start)
  return { path, lines: text.split("\n").map((part, index) => ({ line: first + index, text: part })) }
}

function cleanComment(line: string): string {
  return line.replace(/^\s*\*?\s?/, "").trim()
}

function lineAt(content: string, offset: number): number {
  return content.slice(0, offset).split("\n").length
}
