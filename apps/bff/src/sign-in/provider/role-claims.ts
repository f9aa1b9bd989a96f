/** Claims of an ID token as far as rules can read them. */
export type RoleClaims = Readonly<Record<string, string | readonly string[]>>

// What every ID token has says nothing about a person's rights.
const protocolClaims: ReadonlySet<string> = new Set(
  "iss sub aud exp iat nbf nonce jti at_hash c_hash s_hash azp auth_time sid".split(" "),
)

/** Returns true for a claim that says something about a person. */
export function isRoleClaim(name: string): boolean {
  return !protocolClaims.has(name)
}

/**
 * Keeps of an ID token's claims what a rule could ever match: texts and lists of texts. An e-mail address is one only when the provider
 * vouches for it (OpenID Connect Core §5.1, `email_verified`): otherwise people may have typed in whichever they liked.
 */
export function toRoleClaims(claims: Readonly<Record<string, unknown>>): RoleClaims {
  const kept: [string, string | string[]][] = []
  for (const [name, value] of Object.entries(claims)) {
    if (!isRoleClaim(name)) continue
    if (name === "email" && claims["email_verified"] !== true) continue
    if (typeof value === "string") kept.push([name, value])
    if (Array.isArray(value)) kept.push([name, value.filter((one) => typeof one === "string")])
  }
  return Object.fromEntries(kept)
}
