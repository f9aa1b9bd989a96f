import type { PersonClaims } from "./person-claims.ts"

type MailAddress =
  { address: string; problem: null } | { address: null; problem: "missing" | "unverified" | "invalid" }

/** One address, without what would make a mail server or a header read it as several (RFC 5322 §3.4). */
const oneAddress = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+$/u

/**
 * Returns the address to which a person's e-mail may go and which others may see as theirs: exactly one, for which the provider vouches
 * (`email_verified`, without which role claims have no `email`). Otherwise people may have typed in anybody's.
 */
export function toMailAddress({
  identity: { email },
  claims,
}: {
  identity: Pick<PersonClaims["identity"], "email">
  claims: PersonClaims["claims"]
}): MailAddress {
  if (email === null) return { address: null, problem: "missing" }
  const address = claims["email"]
  if (typeof address !== "string") return { address: null, problem: "unverified" }
  return oneAddress.test(address) ? { address, problem: null } : { address: null, problem: "invalid" }
}
