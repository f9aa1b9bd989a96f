const mark = "[struck out]"

/**
 * Builds what takes a credential's secret out of words that came from outside: a server, or a proxy before it, may quote the request
 * it was sent. Covers the secret as it stands, base64-encoded with its name, and URL-encoded, and whatever follows the name of an
 * authentication scheme.
 * @param name what goes with the secret: a public key or a client id
 */
export function createSecretStriker(name: string, secret: string): (text: string) => string {
  const secrets = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(`${name}:${secret}`).toString("base64"),
    Buffer.from(secret).toString("base64"),
  ].filter((form) => form !== "")
  return (text) =>
    secrets
      .reduce((left, form) => left.replaceAll(form, mark), text)
      .replace(/\bDigest\s+\w+\s*=[^]*/i, mark)
      .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{16,}/gi, `$1 ${mark}`)
      .replace(/\b(response|cnonce)\s*=\s*\\?"?[\w+/=-]+/gi, `$1=${mark}`)
}
