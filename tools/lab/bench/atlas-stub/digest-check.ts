import { createHash, randomBytes } from "node:crypto"
import type { IncomingMessage } from "node:http"

const realm = "MMS Public API"
const nonceLivesMs = 60_000
const countsPerNonce = 1_024

/** Checks digests by Jetty's rules: a nonce lives for 60 s and takes each count below 1,024 once. */
export function createDigestCheck({ publicKey, privateKey }: { publicKey: string; privateKey: string }) {
  const nonces = new Map<string, { since: number; counts: Set<number> }>()
  const secret = md5(`${publicKey}:${realm}:${privateKey}`)

  return {
    isSigned({ method, url, headers }: IncomingMessage): boolean {
      const header = headers.authorization ?? ""
      const read = (name: string) => new RegExp(`[ ,]${name}="?([^",]+)`).exec(header)?.[1] ?? ""
      const count = Number.parseInt(read("nc"), 16)
      const nonce = nonces.get(read("nonce"))
      if (nonce === undefined || count >= countsPerNonce || nonce.counts.has(count)) return false
      if (performance.now() - nonce.since > nonceLivesMs) return false
      nonce.counts.add(count)
      const signed = [secret, read("nonce"), read("nc"), read("cnonce"), "auth", md5(`${method}:${url}`)]
      return read("response") === md5(signed.join(":"))
    },
    challenge({ headers }: IncomingMessage): string {
      const nonce = randomBytes(24).toString("base64")
      nonces.set(nonce, { since: performance.now(), counts: new Set() })
      const stale = headers.authorization !== undefined
      return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`
    },
  }
}

function md5(input: string): string {
  return createHash("md5").update(input).digest("hex")
}
