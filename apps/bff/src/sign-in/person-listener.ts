import type { Identity } from "#sign-in/provider/identity.ts"
import type { PersonClaims } from "#sign-in/provider/person-claims.ts"

/** Hears what the identity provider says of people, for what acts in their name while they are away. */
export interface PersonListener {
  /** The provider vouches for a person, at a sign-in or a later check. */
  confirmed: (person: PersonClaims) => Promise<void>
  /** It answered, and does not vouch for the person any more. */
  refused: (identity: Identity, address: string | null) => Promise<void>
}
