/** Returns when an Atlas id was created, ISO 8601: its first 8 digits are seconds since 1970. Null for any other text. */
export function readObjectIdTime(id: string): string | null {
  if (!/^[0-9a-f]{24}$/i.test(id)) return null
  return new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString()
}
