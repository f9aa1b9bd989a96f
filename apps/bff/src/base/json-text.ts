/** Parses JSON; null when the text is not JSON. The parser's error quotes the text, which may hold secrets. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Names of fields, for a person to read. What may be a secret that got into the place of a name is not repeated. */
export function toFieldNames(names: readonly string[]): string {
  return names
    .map((name) => (/^[A-Za-z]{1,24}$/.test(name) ? `"${name}"` : "one that is no plain word"))
    .join(", ")
}
