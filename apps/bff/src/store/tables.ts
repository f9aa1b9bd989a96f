/**
 * Every table, in the subset that SQLite and PostgreSQL share: text, and bigint for whole numbers. Moments are milliseconds since
 * 1970, yes and no are 1 and 0, anything deeper is JSON text.
 */
export interface Tables {
  migration: MigrationTable
  session: SessionTable
  logout_token: LogoutTokenTable
  audit_row: AuditRowTable
  create_intent: CreateIntentTable
  seen_peering: SeenPeeringTable
}

interface MigrationTable {
  number: number
  name: string
  at: number
}

interface SessionTable {
  /** SHA-256 of the session's id. The id itself is in the browser's cookie and nowhere here. */
  id_hash: string
  /** Sealed under a key made from the session's id; empty once the session was ended. */
  data: string
  /** Null as long as nobody is signed in. */
  user_key: string | null
  issuer: string | null
  subject: string | null
  name: string | null
  email: string | null
  /** The provider's own name for its session (`sid`). */
  provider_session: string | null
  address: string | null
  browser: string | null
  created_at: number
  seen_at: number
  expires_at: number
}

interface LogoutTokenTable {
  issuer: string
  jti: string
  expires_at: number
}

export interface AuditRowTable {
  /** 1, 2, 3 … without a gap. */
  sequence: number
  at: number
  kind: string
  actor_issuer: string | null
  actor_subject: string | null
  actor_name: string | null
  address: string | null
  action: string
  project_id: string | null
  peering_id: string | null
  reason: string | null
  request_hash: string | null
  outcome: string | null
  answer_code: string | null
  detail: string | null
  before: string | null
  after: string | null
  /** Of an outcome: the attempt it tells the end of. */
  attempt_sequence: number | null
  previous_hash: string
  hash: string
}

export interface CreateIntentTable {
  key: string
  user_key: string
  project_id: string
  provider_name: string
  body: string
  body_hash: string
  state: string
  known_before: string
  peering_id: string | null
  problem: string | null
  attempt_sequence: number | null
  created_at: number
  updated_at: number
}

export interface SeenPeeringTable {
  project_id: string
  provider_name: string
  id: string
  raw: string
  history: string
  begin_seen: number
  created_by: string | null
  first_seen_at: number
  updated_at: number
  gone_at: number | null
}
