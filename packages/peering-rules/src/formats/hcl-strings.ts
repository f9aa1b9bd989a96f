import { toWellFormed } from "./well-formed.ts"

/** Escapes of HCL's quoted templates (HCL native syntax, Template Expressions). */
const short: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
}

/**
 * Writes a value as a quoted string of Terraform's language in which nothing is worked out: `${` and `%{` are written with the mark
 * doubled.
 */
export function toHclString(value: string): string {
  const escaped = toWellFormed(value)
    .replace(/[\p{Cc}"\\\u2028\u2029]/gu, (one) => short[one] ?? toUnicode(one))
    // A run of marks before the brace is read from its beginning, so that doubling would end in the wrong place; only the last
    // one may stand as itself.
    .replace(
      /([$%])(\1*)\{/g,
      (_, mark: string, more: string) => `${toUnicode(mark).repeat(more.length)}${mark}${mark}{`,
    )
  return `"${escaped}"`
}

function toUnicode(one: string): string {
  return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`
}

/**
 * Writes one block of Terraform's language; attributes are names with expressions, which are written as they are.
 * @param nested blocks inside it, as this wrote them
 */
export function toHclBlock(
  kind: string,
  labels: readonly string[],
  attributes: readonly (readonly [string, string])[],
  nested: readonly string[] = [],
): string {
  const width = Math.max(...attributes.map(([name]) => name.length))
  const lines = attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${value}\n`)
  const inner = nested.map((block) => block.replace(/^(?=.)/gm, "  "))
  return `${[kind, ...labels.map((label) => `"${label}"`)].join(" ")} {\n${[...lines, ...inner].join("")}}\n`
}
