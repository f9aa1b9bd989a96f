import type { Identity } from "#sign-in/provider/identity.ts"
import type { Transaction } from "kysely"
import type { PersonClaims } from "#sign-in/provider/person-claims.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Tables } from "#store/tables.ts"

/** Hears what the identity provider says of people, for what acts in their name while they are away. */
export interface PersonListener {
  /** The provider vouches for a person, at a sign-in or a later check. */
  confirmed: (person: PersonClaims) => Promise<void>
  /** It answered, and does not vouch for the person any more. */
  refused: (identity: Identity, address: string | null) => Promise<void>
}

/** Remembers what the provider last said of people who act or wait for something while they are away. */
export interface KnownPeople {
  save: (person: PersonClaims, confirmedAt: number, transaction: Transaction<Tables>) => Promise<void>
  /** Returns null for somebody who was not saved. `refusedAt` is null while the provider vouches for them. */
  find: (userKey: string) => Promise<{ claims: RoleClaims; refusedAt: number | null } | null>
}
