const required = ["username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"] as const

/** The unquoted fields of an `Authorization: Digest` header that the verifier reads. */
export type DigestFields = Record<(typeof required)[number], string> & { algorithm?: string }

const field = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,\s*|$)/y

/** Parses the header; null when it is not a complete digest header (RFC 7616 §3.4, with qop). */
export function parseDigestHeader(header: string): DigestFields | null {
  const scheme = /^digest\s+/i.exec(header)
  if (scheme === null) return null
  const values = new Map<string, string>()
  field.lastIndex = scheme[0].length
  while (field.lastIndex < header.length) {
    const found = field.exec(header)
    if (found === null) return null
    const name = (found[1] ?? "").toLowerCase()
    // A proxy in between could read a repeated field in another way.
    if (values.has(name)) return null
    values.set(name, found[2]?.replace(/\\(.)/g, "$1") ?? found[3] ?? "")
  }
  if (!required.every((name) => values.has(name))) return null
  return Object.fromEntries(values) as DigestFields
}
