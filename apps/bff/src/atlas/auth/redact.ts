const mark = "[struck out]"

/**
 * Builds a function that removes a credential's secret from words that came from outside, since a server or a proxy may quote the
 * request. Covers the plain secret, its base64 form with the name, its URL-encoded form, and anything after the name of an
 * authentication scheme.
 * @param name the public key or client id of the secret
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
