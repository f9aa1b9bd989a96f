import type * as z from "zod/mini"

/** Parses JSON; undefined when the text is not JSON. The parser's error quotes the text, which may hold secrets. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Tells that a text is not JSON, and the line at which its parser stops where that is known. */
export function describeNoJson(text: string): string {
  try {
    JSON.parse(text)
  } catch (error) {
    const [, position] = / in JSON at position (\d+)/.exec(String(error)) ?? []
    if (position !== undefined)
      return `is not JSON: see line ${text.slice(0, Number(position)).split("\n").length}`
  }
  return "is not JSON"
}

/** Names of fields, for a person to read. What may be a secret that got into the place of a name is not repeated. */
export function toFieldNames(names: readonly string[]): string {
  return names
    .map((name) => (/^[A-Za-z]{1,24}$/.test(name) ? `"${name}"` : "one that is no plain word"))
    .join(", ")
}

/**
 * Reads the text of a file of rules by its schema.
 * @throws Error with one readable list of all errors, by place: `rules[2].claim: must not be empty`. It quotes nothing of the text, which
 * may be a secret.
 */
export function parseRules<Schema extends z.ZodMiniType>(json: string, schema: Schema): z.output<Schema> {
  const value = readJson(json)
  if (value === undefined) throw new Error(describeNoJson(json))
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map(toMistake).join("; "))
}

function toMistake(issue: z.core.$ZodIssue): string {
  const at = issue.path
    .map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${String(step)}`))
    .join("")
  const isNoObject = issue.code === "invalid_type" && issue.expected === "object"
  const message = isNoObject ? "must be an object, in { }" : issue.message
  const what =
    issue.code === "unrecognized_keys" ? `${toFieldNames(issue.keys)} does not belong here` : message
  return `${at.replace(/^\./, "") || "the file"}: ${what}`
}
