import { toWellFormed } from "./well-formed.ts"

/** Texts, and things of texts, in the order in which they are to stand; what is undefined is left out. */
export interface YamlThing {
  readonly [name: string]: string | readonly string[] | YamlThing | undefined
}

/**
 * Writes YAML in which every value is a double-quoted scalar, so that none is taken for a number, a date or a truth value. Names
 * are ours and need no quotes.
 */
export function toYaml(thing: YamlThing, indent = ""): string {
  return Object.entries(thing)
    .map(([name, value]) => {
      if (value === undefined) return ""
      if (typeof value === "string") return `${indent}${name}: ${toYamlString(value)}\n`
      if (isList(value))
        return `${indent}${name}:\n${value.map((one) => `${indent}  - ${toYamlString(one)}\n`).join("")}`
      return `${indent}${name}:\n${toYaml(value, `${indent}  `)}`
    })
    .join("")
}

function isList(value: readonly string[] | YamlThing): value is readonly string[] {
  return Array.isArray(value)
}

/** JSON's escapes are YAML's too; beside them go the characters that YAML 1.1 takes for line breaks, or for not printable. */
function toYamlString(value: string): string {
  return JSON.stringify(toWellFormed(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
