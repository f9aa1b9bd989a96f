/** Everything that happened, one row each: what people asked for and did, what was sent and answered, what was found. */
export interface EventTable {
  /** 1, 2, 3 … without a gap. */
  number: number
  at: number
  /** Of the step that wrote it. */
  version: number
  /** `attempt` and `outcome` of a change that is sent to Atlas, `finding` of what a poll or the server found, otherwise `event`. */
  phase: string
  /** Such as `sign-in`, `peering-create` or `peering-gone`. */
  kind: string
  actor_issuer: string | null
  actor_subject: string | null
  actor_name: string | null
  project_id: string | null
  provider_name: string | null
  peering_id: string | null
  /** Atlas's status of the connection that a poll found; the last one when Atlas no longer lists it. */
  status: string | null
  /** Of a finding: the poll before, which did not show it yet. */
  after_at: number | null
  /** The notifications that the event is, such as `left-available failed`. */
  notification: string | null
  outcome: string | null
  /** Of an outcome: the number of its attempt. */
  attempt: number | null
  /** A second event with the same text is left out. */
  once: string | null
  /** SHA-256 of `salt` and `data`. It stays when both are dropped. */
  digest: string
  previous_hash: string
  /** Random, so the digest does not show short data. Null once the data was dropped. */
  salt: string | null
  /** JSON. */
  data: string | null
  hash: string
}

/** The keys that sign the end of the audit log. */
export interface AuditKeyTable {
  /** The first 32 hex digits of the public key's SHA-256. */
  id: string
  /** SubjectPublicKeyInfo in base64. */
  public_key: string
  /** The private half, sealed under a key made from SESSION_SECRET; empty once another key took over. */
  sealed: string
  created_at: number
  /** The first row that it signs. */
  from_sequence: number
  previous_id: string | null
  /** Its own signature of this row's facts. */
  proof: string
  /** The same by the key before; null if that could not be opened. */
  previous_proof: string | null
}

/** One row, with id 1, which each writing transaction locks first. The first migration makes it, so a missing one is a flaw. */
export interface HeadTable {
  id: number
  /** Of the last writing transaction. */
  version: number
  /** Names the count of versions. It changes when an older copy of the database was put back, whose versions come again. */
  incarnation: string
  /** The last row of the audit log, 0 before the first; null where the head was missing and no row was added since. */
  number: number | null
  hash: string
  /** The greatest time so far. */
  at: number
  /** The signed end of the audit log, written with each row; empty before the first. */
  checkpoint: string
}
