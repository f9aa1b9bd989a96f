/** Anything JSON can carry. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Says whether a value is a JSON object. */
export const isObject = (value: Json): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const entriesInOrder = (value: { readonly [key: string]: Json | undefined }) =>
  Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** Writes compact JSON with keys in alphabetical order, as recorded answers have them. */
export function toCompactJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(toCompactJson).join(",")}]`
  if (isObject(value)) {
    return `{${entriesInOrder(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${toCompactJson(inner)}`)
      .join(",")}}`
  }
  return JSON.stringify(value)
}

/** Writes JSON the way Jackson's default pretty printer does (`"key" : value`, arrays on one line with blanks). */
export function toPrettyJson(value: Json, indent = ""): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? "[ ]"
      : `[ ${value.map((item: Json) => toPrettyJson(item, indent)).join(", ")} ]`
  }
  if (isObject(value)) {
    const entries = entriesInOrder(value)
    if (entries.length === 0) return "{ }"
    const inner = `${indent}  `
    const lines = entries.map(
      ([key, item]) => `${inner}${JSON.stringify(key)} : ${toPrettyJson(item, inner)}`,
    )
    return `{\n${lines.join(",\n")}\n${indent}}`
  }
  return JSON.stringify(value)
}
