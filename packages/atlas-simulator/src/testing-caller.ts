import { createHash, randomBytes } from "node:crypto"

/** An answer as a test looks at it. */
export type Seen = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

/** What to put into an Authorization header; everything may be wrong on purpose. */
export type Signature = {
  publicKey: string
  privateKey: string
  method: string
  uri: string
  nonce: string
  nc: string
}

/** Signs for the tests, apart from the code that verifies, so that the two cannot share a mistake. */
export function toAuthorization(signature: Signature): string {
  const { publicKey, privateKey, method, uri, nonce, nc } = signature
  const md5 = (...parts: string[]) => createHash("md5").update(parts.join(":")).digest("hex")
  const cnonce = randomBytes(8).toString("hex")
  const response = md5(
    md5(publicKey, "MMS Public API", privateKey),
    nonce,
    nc,
    cnonce,
    "auth",
    md5(method, uri),
  )
  return (
    `Digest username="${publicKey}", realm="MMS Public API", nonce="${nonce}", uri="${uri}", algorithm=MD5, ` +
    `qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}"`
  )
}

/** Reads the nonce out of a challenge. */
export function nonceOf(seen: Seen): string {
  return /nonce="([^"]*)"/.exec(seen.headers.get("www-authenticate") ?? "")?.[1] ?? ""
}

/** Sends one request as it is. */
export async function send(
  origin: string,
  method: string,
  target: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Seen> {
  const response = await fetch(origin + target, { method, ...options })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== ""
  const parsed: unknown = isJson ? JSON.parse(text) : {}
  const json: Record<string, unknown> = {}
  if (typeof parsed === "object" && parsed !== null) Object.assign(json, parsed)
  return { status: response.status, headers: response.headers, text, json }
}

/** A caller with one key on one version of the API; `target` goes after `/api/atlas/<version>`. */
export function createCaller(options: {
  origin: string
  publicKey: string
  privateKey: string
  version?: "v1.0" | "v2"
}) {
  const { origin, publicKey, privateKey, version = "v1.0" } = options
  const type = version === "v2" ? "application/vnd.atlas.2023-01-01+json" : "application/json"

  return async function call(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Seen> {
    const uri = `/api/atlas/${version}${target}`
    const nonce = nonceOf(await send(origin, method, uri))
    const authorization = toAuthorization({ publicKey, privateKey, method, uri, nonce, nc: "00000001" })
    return send(origin, method, uri, {
      headers: { Accept: type, "Content-Type": type, Authorization: authorization, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
  }
}

export type Caller = ReturnType<typeof createCaller>
