import { createHash, timingSafeEqual } from "node:crypto"

import { parseDigestHeader } from "./digest-header.ts"
import type { Nonces } from "./nonces.ts"

/** The realm in every challenge of the API. */
const realm = "MMS Public API"

/** How strictly the `uri` of the header is held against the request: the whole target, or its path alone. */
export type UriCheck = "exact" | "path"

/** Either the public key that signed, or that it must be asked again. */
export type DigestVerdict = { publicKey: string } | { publicKey: null; stale: boolean }

/** What goes into an MD5 digest response with `qop=auth` (RFC 7616 §3.4.1, the same as RFC 2617 §3.2.2). */
export type DigestInput = {
  username: string
  realm: string
  password: string
  method: string
  uri: string
  nonce: string
  nc: string
  cnonce: string
}

/** Computes the lower-case hex `response` a client that knows the password would send. */
export function computeResponse(input: DigestInput): string {
  const hash = (text: string) => createHash("md5").update(text).digest("hex")
  const secret = hash(`${input.username}:${input.realm}:${input.password}`)
  const request = hash(`${input.method}:${input.uri}`)
  return hash(`${secret}:${input.nonce}:${input.nc}:${input.cnonce}:auth:${request}`)
}

/** Writes the challenge as Atlas writes it: no opaque, `algorithm` and `stale` unquoted. */
export function toChallenge(nonce: string, stale: boolean): string {
  return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`
}

const sameText = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Verifies an Authorization header; `findSecret` answers the private key of a public key, or null. */
export function verifyDigest(options: {
  header: string
  method: string
  target: string
  nonces: Nonces
  uriCheck: UriCheck
  findSecret: (publicKey: string) => string | null
}): DigestVerdict {
  const { method, target, nonces } = options
  const refused = { publicKey: null, stale: false }
  const fields = parseDigestHeader(options.header)
  if (fields === null || fields.realm !== realm || fields.qop !== "auth") return refused
  if (fields.algorithm !== null && fields.algorithm !== "MD5") return refused

  const path = target.split("?")[0] ?? ""
  if (fields.uri !== target && !(options.uriCheck === "path" && fields.uri.split("?")[0] === path))
    return refused

  // Jetty looks at the nonce before it looks the user up, and spends the count even when the secret is wrong.
  const verdict = nonces.use(fields.nonce, fields.nc)
  if (verdict !== "fresh") return { publicKey: null, stale: verdict === "stale" }

  const password = options.findSecret(fields.username)
  const { username, uri, nonce, nc, cnonce } = fields
  const expected = computeResponse({
    realm,
    username,
    password: password ?? "",
    method,
    uri,
    nonce,
    nc,
    cnonce,
  })
  // Compared even for an unknown key, so that the time taken says nothing about which keys exist.
  const matches = sameText(fields.response.toLowerCase(), expected)
  return password !== null && matches ? { publicKey: username } : refused
}
