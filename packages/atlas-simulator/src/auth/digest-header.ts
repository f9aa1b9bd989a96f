/** The fields of an `Authorization: Digest` header that the verifier reads; all are the unquoted texts. */
export type DigestFields = {
  username: string
  realm: string
  nonce: string
  uri: string
  response: string
  qop: string
  nc: string
  cnonce: string
  algorithm: string | null
}

const field = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,\s*|$)/y

/** Parses the header, or answers null when it is not a complete digest header (RFC 7616 §3.4, with qop). */
export function parseDigestHeader(header: string): DigestFields | null {
  const scheme = /^digest\s+/i.exec(header)
  if (scheme === null) return null
  const values = new Map<string, string>()
  field.lastIndex = scheme[0].length
  while (field.lastIndex < header.length) {
    const found = field.exec(header)
    if (found === null) return null
    const name = (found[1] ?? "").toLowerCase()
    // A field given twice could be read one way here and another way by a proxy in between.
    if (values.has(name)) return null
    values.set(name, found[2]?.replace(/\\(.)/g, "$1") ?? found[3] ?? "")
  }
  const [username, realm, nonce, uri, response, qop, nc, cnonce] = [
    "username",
    "realm",
    "nonce",
    "uri",
    "response",
    "qop",
    "nc",
    "cnonce",
  ].map((name) => values.get(name))
  if (
    username === undefined ||
    realm === undefined ||
    nonce === undefined ||
    uri === undefined ||
    response === undefined ||
    qop === undefined ||
    nc === undefined ||
    cnonce === undefined
  ) {
    return null
  }
  return {
    username,
    realm,
    nonce,
    uri,
    response,
    qop,
    nc,
    cnonce,
    algorithm: values.get("algorithm") ?? null,
  }
}
