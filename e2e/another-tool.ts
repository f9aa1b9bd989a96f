import { createHash, randomBytes } from "node:crypto"
import { canaryKey, type RunningApp } from "./running-app.ts"

const md5 = (...parts: string[]) => createHash("md5").update(parts.join(":")).digest("hex")

/** Calls Atlas past the product, as another team's script does, and returns Atlas's answer (RFC 7616 §3.4). */
export async function askAtlas(
  { simulatorUrl }: RunningApp,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const uri = `/api/atlas/v1.0${path}`
  const unsigned = await fetch(simulatorUrl + uri, { method, headers: { connection: "close" } })
  await unsigned.text()
  const nonce = /nonce="([^"]*)"/.exec(unsigned.headers.get("www-authenticate") ?? "")?.[1] ?? ""
  const { publicKey, privateKey } = canaryKey
  const cnonce = randomBytes(8).toString("hex")
  const secret = md5(publicKey, "MMS Public API", privateKey)
  const signature = md5(secret, nonce, "00000001", cnonce, "auth", md5(method, uri))
  const answer = await fetch(simulatorUrl + uri, {
    method,
    headers: {
      "content-type": "application/json",
      connection: "close",
      authorization: `Digest username="${publicKey}", realm="MMS Public API", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}", response="${signature}"`,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
