import { hash } from "node:crypto"

/** SHA-256, in hex, of a JSON value; the order in which an object's fields were written does not count. */
export function toContentHash(value: unknown): string {
  return hash("sha256", JSON.stringify(sortFields(value)))
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFields)
  if (typeof value !== "object" || value === null) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, content]) => [name, sortFields(content)]))
}
