/** A person who has or had API tokens or gets e-mail, as the identity provider last described them. */
export interface TokenOwnerTable {
  user_key: string
  issuer: string
  subject: string
  name: string
  email: string | null
  /** JSON; as in the person's sessions. */
  claims: string
  /** When the provider last vouched for them. */
  confirmed_at: number
  /** When it refused to; null once it vouched again. */
  refused_at: number | null
}

export interface ApiTokenTable {
  id: string
  /** SHA-256 of the token, which is nowhere here. */
  hash: string
  user_key: string
  name: string
  role: string
  /** JSON: project ids, or "*". */
  projects: string
  created_at: number
  expires_at: number
  last_used_at: number | null
  last_used_from: string | null
  /** The listed id of the session in which it was created; null for one from before this was kept. */
  session_id: string | null
  revoked_at: number | null
  revoked_by: string | null
}

/** A logout token that was accepted, so it is accepted once. */
export interface LogoutTokenTable {
  issuer: string
  jti: string
  expires_at: number
}
