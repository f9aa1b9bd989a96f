import { createHash, randomBytes } from "node:crypto"

/** An answer as tests read it; `json` is empty for a body that is no JSON object. */
export type TestAnswer = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

/** The input of an Authorization header; a test may make any part wrong. */
export type Signature = {
  publicKey: string
  privateKey: string
  method: string
  uri: string
  nonce: string
  nc: string
}

/** Writes an Authorization header without the code that verifies it: the two must not share a mistake. */
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

/** Returns the nonce of a challenge. */
export function nonceOf(answer: TestAnswer): string {
  return /nonce="([^"]*)"/.exec(answer.headers.get("www-authenticate") ?? "")?.[1] ?? ""
}

/** Sends one unsigned request. */
export async function send(
  origin: string,
  method: string,
  target: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<TestAnswer> {
  const response = await fetch(origin + target, { method, ...options })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== ""
  const parsed: unknown = isJson ? JSON.parse(text) : {}
  const json: Record<string, unknown> = {}
  if (typeof parsed === "object" && parsed !== null) Object.assign(json, parsed)
  return { status: response.status, headers: response.headers, text, json }
}

/** Creates a caller with one key on one version of the API; `target` follows `/api/atlas/<version>`. */
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
  ): Promise<TestAnswer> {
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
