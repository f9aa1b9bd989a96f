/**
 * A person as the identity provider vouches for them. Issuer and subject together name a person; `toUserKey` of
 * `store/session-store.ts` joins them. Name and e-mail address are for reading only: either may be given to somebody else.
 */
export interface Identity {
  issuer: string
  subject: string
  name: string
  email: string | null
}
