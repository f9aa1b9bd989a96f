/** What is known of one network in the customer's cloud, from one source. */
export interface NetworkFactsTable {
  project_id: string
  /** As `toNetworkName` of peering-rules spells it. */
  network: string
  /** `read` by a role, `pasted`, or `link` until somebody signed in accepts it. */
  source: string
  /** The name of the role, of the person, or the label of the link. */
  by_name: string
  /** `NetworkFacts`, as JSON. */
  facts: string
  /** When the row last changed. */
  at: number
  pasted_at: number
  /** The account through whose role it was read; null for what was pasted. */
  cloud_account: string | null
  /** By peering id: what a role read to be broken, as JSON; null without such connections. */
  broken: string | null
  /** By peering id: the stops that are proven and broken, as JSON; null without such connections. */
  seen: string | null
}

/** An AWS account that a role reads for one project. */
export interface CloudAccountTable {
  id: string
  project_id: string
  name: string
  external_id: string
  /** Null until a role is named. */
  role_arn: string | null
  account: string | null
  /** As in `CloudAccount`. */
  state: string
  problem: string | null
  since: number
  checked_at: number | null
  read_at: number | null
  /** When the leader reads it next. */
  due_at: number
  /** Names of rights, as JSON. */
  missing: string
  /** 1 and 0; null when that wasn't tried. */
  open_to_others: number | null
  /** When each region was read and the VPCs that it has, as JSON. */
  regions: string
  /** When calls were made in the last minute, and how many, as JSON. */
  calls: string
  by_name: string
  at: number
}
