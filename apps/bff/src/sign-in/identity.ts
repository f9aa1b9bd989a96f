/**
 * Who somebody is, as their identity provider vouches for it. Issuer and subject together name a person; `toUserKey` of
 * `store/session-store.ts` joins them. Name and e-mail address are for reading only: either may be given to somebody else.
 */
export interface Identity {
  issuer: string
  subject: string
  name: string
  email: string | null
}
