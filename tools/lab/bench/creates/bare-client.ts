import { createHash, randomBytes } from "node:crypto"
import { Pool } from "undici"

const countsPerNonce = 1_000

/** Where the stub is, and its key. */
export interface AtlasAccess {
  atlas: string
  key: string
  secret: string
}

/** The least that can call Atlas: an undici pool and a digest whose nonce is kept. Returns how to send one request. */
export function createBareClient({ atlas, key, secret }: AtlasAccess) {
  const pool = new Pool(atlas, { connections: 64 })
  let nonce = { realm: "", value: "", count: countsPerNonce }
  let asking: Promise<void> | null = null

  async function askForNonce(): Promise<void> {
    const { headers, body } = await pool.request({ method: "GET", path: "/api/atlas/v1.0/groups" })
    await body.dump()
    const challenge = String(headers["www-authenticate"])
    const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? ""
    nonce = { realm: read("realm"), value: read("nonce"), count: 0 }
  }

  function sign(method: string, path: string): string {
    nonce.count += 1
    const nc = nonce.count.toString(16).padStart(8, "0")
    const cnonce = randomBytes(8).toString("hex")
    const hashed = md5(`${key}:${nonce.realm}:${secret}`)
    const response = md5(`${hashed}:${nonce.value}:${nc}:${cnonce}:auth:${md5(`${method}:${path}`)}`)
    return `Digest username="${key}", realm="${nonce.realm}", nonce="${nonce.value}", uri="${path}", qop=auth, algorithm=MD5, nc=${nc}, cnonce="${cnonce}", response="${response}"`
  }

  return async (method: "GET" | "POST", path: string, body: Buffer | null = null) => {
    while (nonce.count >= countsPerNonce) {
      asking ??= askForNonce().finally(() => {
        asking = null
      })
      await asking
    }
    const headers = {
      authorization: sign(method, path),
      accept: "application/json",
      ...(body !== null && { "content-type": "application/json" }),
    }
    const answer = await pool.request({ method, path, headers, body })
    return { status: answer.statusCode, text: await answer.body.text() }
  }
}

function md5(input: string): string {
  return createHash("md5").update(input).digest("hex")
}
