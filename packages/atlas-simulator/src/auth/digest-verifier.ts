import { createHash } from "node:crypto"
import { parseDigestHeader, type DigestFields } from "./digest-header.ts"
import type { Nonces } from "./nonces.ts"
import { isSameText } from "./same-text.ts"

/** The realm in every challenge of the API. */
const realm = "MMS Public API"

/** The public key that signed, or null and whether the nonce was stale. */
export type DigestVerdict = { publicKey: string } | { publicKey: null; stale: boolean }

/** The input of an MD5 digest response with `qop=auth` (RFC 7616 §3.4.1, the same as RFC 2617 §3.2.2). */
type DigestInput = Omit<DigestFields, "response" | "qop" | "algorithm"> & { password: string; method: string }

/** Computes the lower-case hex `response` that a client with the password sends. */
export function computeResponse(input: DigestInput): string {
  const hash = (text: string) => createHash("md5").update(text).digest("hex")
  const secret = hash(`${input.username}:${input.realm}:${input.password}`)
  const request = hash(`${input.method}:${input.uri}`)
  return hash(`${secret}:${input.nonce}:${input.nc}:${input.cnonce}:auth:${request}`)
}

/** Writes the challenge as Atlas does: no opaque, `algorithm` and `stale` unquoted. */
export function toChallenge(nonce: string, stale: boolean): string {
  return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`
}

/** Verifies an Authorization header; `findSecret` returns the private key of a public key, or null. */
export function verifyDigest(options: {
  header: string
  method: string
  target: string
  nonces: Nonces
  findSecret: (publicKey: string) => string | null
}): DigestVerdict {
  const { method, target } = options
  const refused = { publicKey: null, stale: false }
  const fields = parseDigestHeader(options.header)
  if (fields === null || fields.realm !== realm || fields.qop !== "auth") return refused
  if (fields.algorithm !== undefined && fields.algorithm !== "MD5") return refused
  if (fields.uri !== target) return refused

  // Like Jetty, uses the nonce before it looks up the user: a wrong secret spends the count too.
  const verdict = options.nonces.use(fields.nonce, fields.nc)
  if (verdict !== "fresh") return { publicKey: null, stale: verdict === "stale" }

  const password = options.findSecret(fields.username)
  const expected = computeResponse({ ...fields, password: password ?? "", method })
  // Compares for an unknown key too, so timing does not tell which keys exist.
  const matches = isSameText(fields.response.toLowerCase(), expected)
  return password !== null && matches ? { publicKey: fields.username } : refused
}
