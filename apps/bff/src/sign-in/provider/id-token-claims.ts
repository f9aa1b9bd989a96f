import type { Identity } from "./identity.ts"

interface PersonClaims {
  iss: string
  sub: string
  [name: string]: unknown
}

/**
 * Returns the person that a verified ID token names. The display name is the provider's and identifies nobody.
 * @throws Error when the subject is not as the specification has it (OpenID Connect Core §2: 255 ASCII characters at most)
 */
export function toIdentity(claims: PersonClaims): Identity {
  if (!/^[\x20-\x7e]{1,255}$/.test(claims.sub)) throw new Error("the ID token's sub is no printable text")
  const email = readLine(claims["email"])
  const name = readLine(claims["name"]) ?? readLine(claims["preferred_username"]) ?? email ?? claims.sub
  return { issuer: claims.iss, subject: claims.sub, name, email }
}

const longest = 200

/** A line of text somebody may be shown; null when the claim is nothing of that kind. */
export function readLine(value: unknown): string | null {
  if (typeof value !== "string") return null
  const line = value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, longest)
  return line === "" ? null : line
}
