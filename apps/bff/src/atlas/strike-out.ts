const mark = "[struck out]"

/**
 * Builds what takes an API key's secret out of words that came from outside: a server, or a proxy before it, may quote the request it
 * was sent. Covers the private key as it stands, base64-encoded with its name, and URL-encoded, and any digest credentials.
 */
export function createSecretStriker(key: {
  publicKey: string
  privateKey: string
}): (text: string) => string {
  const { publicKey, privateKey } = key
  const secrets = [
    privateKey,
    encodeURIComponent(privateKey),
    Buffer.from(`${publicKey}:${privateKey}`).toString("base64"),
    Buffer.from(privateKey).toString("base64"),
  ].filter((secret) => secret !== "")
  return (text) =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, mark), text)
      .replace(/\bDigest\s+\w+\s*=[^]*/i, mark)
      .replace(/\b(response|cnonce)\s*=\s*\\?"?[\w+/=-]+/gi, `$1=${mark}`)
}
