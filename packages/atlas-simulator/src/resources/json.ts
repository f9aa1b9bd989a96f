/** Any value that JSON can carry. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Returns true for a JSON object. */
export const isObject = (value: Json): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const sortedEntries = (value: { readonly [key: string]: Json | undefined }) =>
  Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** Writes compact JSON with keys in alphabetical order, as recorded answers have them. */
export function toCompactJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(toCompactJson).join(",")}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = sortedEntries(value).map(([key, inner]) => `${JSON.stringify(key)}:${toCompactJson(inner)}`)
  return `{${members.join(",")}}`
}

/** Writes JSON as Jackson's default pretty printer does: `"key" : value`, arrays on one line. */
export function toPrettyJson(value: Json, indent = ""): string {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => toPrettyJson(item, indent))
    return items.length === 0 ? "[ ]" : `[ ${items.join(", ")} ]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = sortedEntries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)} : ${toPrettyJson(item, inner)}`,
  )
  return lines.length === 0 ? "{ }" : `{\n${lines.join(",\n")}\n${indent}}`
}
