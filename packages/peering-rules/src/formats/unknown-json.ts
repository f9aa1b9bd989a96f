/** Returns the fields of an object; none for anything else. */
export function toObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** Returns a list as it is, nothing as an empty list, and anything else as a list of itself. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value == null ? [] : [value]
}

/** Returns a text, or a whole number as text; null for anything else. */
export function toText(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value)
  return typeof value === "string" && value.trim() !== "" ? value : null
}
