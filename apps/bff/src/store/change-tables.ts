/** A change of something at Atlas. `changes/engine/change-states.ts` explains its states. */
export interface ChangeTable {
  id: string
  /** The action of its audit rows. */
  kind: string
  project_id: string
  /** The thing that it changes: a connection's id, a setting, a container's cloud and place. Of a create its Idempotency-Key. */
  subject: string
  /** JSON: what is sent. */
  plan: string
  /** JSON: the thing before, as Atlas answered. */
  before: string
  state: string
  /** Number of the audit row of the attempt; null while nothing was sent. */
  attempt_sequence: number | null
  /** The connection that a create made. */
  peering_id: string | null
  /** JSON: why it was not done; null while nothing speaks against it. */
  problem: string | null
  /** The process that sends it; null when no other shares the database. */
  process_id: string | null
  /** Of the person who wants it. */
  user_key: string
  /** JSON: its requester, reason, approver and what they decided. This and the next two are null for a change that nobody had to approve. */
  held: string | null
  /** SHA-256 of what an approver decides on. */
  plan_hash: string | null
  /** When it ends by itself if nobody decides. */
  expires_at: number | null
  created_at: number
  updated_at: number
  /** Of the step that last changed what pages show of an open create; null before. */
  version: number | null
  /** JSON: how long and how often Atlas did not show a change whose outcome is unknown; null before the first count. */
  absence: string | null
}
