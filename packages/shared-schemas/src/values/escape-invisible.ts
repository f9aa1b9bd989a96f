import { invisible } from "./invisible.ts"

const everyInvisible = new RegExp(invisible, "gu")

/**
 * Writes characters that hide or reorder what others read as `\\u{202E}`, in a text or in every text of a value. New texts have none; those
 * that were stored before are shown like this.
 */
export function escapeInvisible<T>(value: T): T {
  return escape(value) as T
}

/** Tells if a text has no character that hides or reorders, nor the code that `escapeInvisible` writes for one. */
export function isPlainText(text: string): boolean {
  return !invisible.test(text) && !/\\u\{[0-9A-F]+\}/.test(text)
}

function escape(value: unknown): unknown {
  if (typeof value === "string") return value.replace(everyInvisible, toEscape)
  if (Array.isArray(value)) return value.map(escape)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [escape(name), escape(content)]))
}

function toEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`
}
