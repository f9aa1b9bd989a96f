import { readLooseJson } from "./loose-json.ts"
import { toText } from "./unknown-json.ts"
import { toList, toObject } from "./unknown-json.ts"

/** The texts of one document by their dotted paths, `spec.provider`; a list has several under one path. */
export type YamlTexts = ReadonlyMap<string, readonly string[]>

const longest = 300_000
const line = /^( *)(?:- +)?(?:["']?([\w./-]{1,80})["']?:(?: +|$))?(.*)$/

/**
 * Reads the YAML of which manifests are made: nested names, texts and lists of texts. Not the whole language: what is written in another
 * way is passed over.
 */
export function readYamlTexts(text: string): YamlTexts[] {
  return text
    .slice(0, longest)
    .split(/^---.*$/m, 201)
    .map(readDocument)
}

function readDocument(text: string): YamlTexts {
  const texts = new Map<string, string[]>()
  const open: { indent: number; path: string }[] = []
  const add = (path: string, value: string) => void texts.set(path, [...(texts.get(path) ?? []), value])
  for (const one of text.split(/\r?\n/)) {
    const [, { length: indent } = "", name, rest = ""] = line.exec(one.slice(0, 4000)) ?? []
    if (rest.startsWith("#") || (name === undefined && rest.trim() === "")) continue
    // The items of a list may stand as far left as its name.
    while (name === undefined ? (open.at(-1)?.indent ?? 0) > indent : (open.at(-1)?.indent ?? -1) >= indent)
      open.pop()
    const parent = open.at(-1)?.path
    const path = [parent ?? [], name ?? []].flat().join(".")
    if (name !== undefined) open.push({ indent, path })
    if (/^[[{]/.test(rest)) addFlow(add, path, readLooseJson(rest)?.value)
    else for (const value of readScalar(rest)) add(path, value)
  }
  return texts
}

/** `{id: …}` and `[one, two]` on a line of their own. */
function addFlow(add: (path: string, value: string) => void, path: string, value: unknown): void {
  if (Array.isArray(value))
    for (const item of toList(value)) for (const text of toTexts(item)) add(path, text)
  else
    for (const [name, inner] of Object.entries(toObject(value)))
      for (const text of toTexts(inner)) add(`${path}.${name}`, text)
}

function toTexts(value: unknown): string[] {
  const text = toText(value)
  return text === null ? [] : [text]
}

/** The text of a scalar, its quotes and a comment after it taken away; none for nothing. */
function readScalar(text: string): string[] {
  const double = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0]
  if (double !== undefined) {
    try {
      return toTexts(JSON.parse(double))
    } catch {
      return []
    }
  }
  const single = /^'((?:[^']|'')*)'/.exec(text)?.[1]
  if (single !== undefined) return toTexts(single.replaceAll("''", "'"))
  const plain = text.replace(/(^|\s)#.*$/, "").trim()
  return ["", "null", "~"].includes(plain) ? [] : [plain]
}
