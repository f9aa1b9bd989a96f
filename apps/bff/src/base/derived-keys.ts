import { hkdfSync } from "node:crypto"

/** Secrets of one use, newest first: the first one signs or seals, all are accepted. */
export type Secrets = readonly [string, ...string[]]

/** Derives a key for one purpose from each secret. */
export function deriveKeys(secrets: Secrets, purpose: string): readonly Buffer[] {
  return secrets.map((secret) => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)))
}
