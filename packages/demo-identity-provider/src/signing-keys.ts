import { generateKeyPair, randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { promisify } from "node:util"
import type { JWK } from "oidc-provider"

/** The keys that sign tokens and cookies. */
export interface SigningKeys {
  jwks: { keys: JWK[] }
  cookieKeys: string[]
}

/** Creates new keys: RSA for RS256 and PS256, and P-256 for ES256. */
export async function createSigningKeys(): Promise<SigningKeys> {
  const [rsa, ec] = await Promise.all([
    promisify(generateKeyPair)("rsa", { modulusLength: 2048 }),
    promisify(generateKeyPair)("ec", { namedCurve: "P-256" }),
  ])
  const keys = [rsa, ec].map(
    ({ privateKey }) =>
      ({
        ...privateKey.export({ format: "jwk" }),
        kid: randomBytes(6).toString("base64url"),
        use: "sig",
      }) as JWK,
  )
  return { jwks: { keys }, cookieKeys: [randomBytes(32).toString("base64url")] }
}

/** Reads the keys from the file. A missing file is created, readable by its owner only. */
export async function loadSigningKeys(file: string): Promise<SigningKeys> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SigningKeys
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error
  }
  const keys = await createSigningKeys()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
