/** A value's own fields, whatever it is; none when it is no object. */
export function toObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** A list as it is, nothing as an empty one, and anything else as a list of itself. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value == null ? [] : [value]
}

/** A text, or a number written as one; null for anything else, and for nothing. */
export function toText(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value)
  return typeof value === "string" && value.trim() !== "" ? value : null
}
