/** A change that another person has to approve. */
export interface ApprovalTable {
  id: string
  project_id: string
  /** Null for a change that concerns all clouds of the project. */
  provider_name: string | null
  /** The Idempotency-Key of a create, under which it is also sent. Unique in a project. */
  key: string
  /** JSON: everything that is sent, and the connection that it is about. */
  plan: string
  /** SHA-256 of what an approver decides on: the project, the plan, its reason and requester, and who may approve. */
  plan_hash: string
  /** JSON: further CIDRs of the network, which are checked and not sent. */
  network_blocks: string | null
  /** JSON: the CIDRs of other peered networks, which only the checks use. */
  peered_blocks: string | null
  reason: string
  /** Of the person who asked. */
  user_key: string
  /** JSON: that person, their claims, the API token and the network address that they asked by. */
  requester: string
  /** The least role of the approver. */
  needs: string
  /** `waiting`, `approved`, `sending`, `done`, `failed`, `declined` or `withdrawn`. */
  state: string
  created_at: number
  expires_at: number
  updated_at: number
  /** JSON: who approved, declined or withdrew it. */
  decider: string | null
  decided_at: number | null
  decline_reason: string | null
  /** The connection that it is about, or that it created. */
  peering_id: string | null
  /** JSON: why it failed. */
  problem: string | null
}
