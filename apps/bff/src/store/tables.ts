import type { AuditKeyTable, EventTable, HeadTable } from "./audit-tables.ts"
import type { ChangeTable } from "./change-tables.ts"
import type { CloudAccountTable, NetworkFactsTable } from "./cloud-tables.ts"
import type {
  CursorTable,
  InboxReaderTable,
  NotificationItemTable,
  NotificationMessageTable,
  NotificationRouteTable,
} from "./notification-tables.ts"
import type { ApiTokenTable, LogoutTokenTable, TokenOwnerTable } from "./token-tables.ts"

/**
 * Every table, in the subset that SQLite and PostgreSQL share: text, and bigint for whole numbers. Moments are milliseconds since
 * 1970, yes and no are 1 and 0, anything deeper is JSON text.
 */
export interface Tables {
  kysely_migration: KyselyMigrationTable
  head: HeadTable
  session: SessionTable
  logout_token: LogoutTokenTable
  event: EventTable
  audit_key: AuditKeyTable
  peering: PeeringTable
  peering_label: PeeringLabelTable
  peering_step: PeeringStepTable
  hand_off: HandOffTable
  preset: PresetTable
  managed_key: ManagedKeyTable
  saved_view: SavedViewTable
  network_facts: NetworkFactsTable
  cloud_account: CloudAccountTable
  process: ProcessTable
  leader_lease: LeaderLeaseTable
  polled_cloud: PolledCloudTable
  atlas_pace: AtlasPaceTable
  token_owner: TokenOwnerTable
  api_token: ApiTokenTable
  change: ChangeTable
  cursor: CursorTable
  notification_route: NotificationRouteTable
  notification_message: NotificationMessageTable
  notification_item: NotificationItemTable
  inbox_reader: InboxReaderTable
}

/** The migrations that have run. Kysely writes it. */
interface KyselyMigrationTable {
  name: string
  /** In ISO 8601. */
  timestamp: string
}

interface SessionTable {
  /** SHA-256 of the session's id. The id itself is in the browser's cookie and nowhere here. */
  id_hash: string
  /** Sealed under a key made from the session's id; empty once the session was ended. */
  data: string
  /** Null without a user. */
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
  /** Until when one process has the check of its claims to itself. */
  checking_until: number | null
}

/** A peering as it was last seen. A row stays when its peering is gone. */
export interface PeeringTable {
  project_id: string
  provider_name: string
  id: string
  /** Atlas's answer, as JSON. */
  raw: string
  /** The version of the step that last changed the row, or a note that is shown with it. */
  version: number
  /** The version of the step that stored it first. */
  first_version: number
  /** 1 while Atlas's answer to a change of ours may be newer than its list. */
  ahead: number
  begin_seen: number
  /** Key of the user who created it through this server. */
  created_by: string | null
  first_seen_at: number
  /** When a look last changed it. */
  updated_at: number
  gone_at: number | null
  /** Of a deleted peering: the last poll that listed it. */
  last_listed_at: number | null
}

interface PeeringLabelTable {
  project_id: string
  peering_id: string
  label: string
  by_name: string
  at: number
}

interface PeeringStepTable {
  project_id: string
  peering_id: string
  step_id: string
  by_name: string
  at: number
}

export interface HandOffTable {
  /** Part of the link's token; worthless without the signature. */
  id: string
  project_id: string
  provider_name: string
  peering_id: string
  made_for: string | null
  made_by: string
  made_at: number
  expires_at: number
  revoked_at: number | null
  revoked_by: string | null
  opened_count: number
  last_opened_at: number | null
  last_read_at: number | null
  pressed_count: number
  last_pressed_at: number | null
  made_by_email: string | null
  /** When its holder last pasted a text, also one that was refused. */
  last_pasted_at: number | null
  /** When the network's owner declined, and why. */
  declined_at: number | null
  decline_reason: string | null
}

/** A half-filled form that a team saved. */
export interface PresetTable {
  id: string
  project_id: string
  /** Unique in a project. */
  name: string
  draft: string
  by_name: string
  at: number
}

/** A key of another tool, listed under "Managed by" in a project. */
interface ManagedKeyTable {
  project_id: string
  key: string
  name: string
  by_name: string
  at: number
}

/** A view of the connection list that one person saved. */
export interface SavedViewTable {
  id: string
  user_key: string
  /** Unique for a person. */
  name: string
  query: string
  at: number
}

/** A server process that lives. All times in this table and the next three are by the database's own clock. */
interface ProcessTable {
  id: string
  alive_until: number
}

/** One row: which process polls. */
interface LeaderLeaseTable {
  id: number
  /** The process that leads until `held_until`; null when it gave the lead back. */
  holder: string | null
  /** Counts the leaders. */
  epoch: number
  held_until: number
}

/** One cloud of a project. Processes share how it is polled. */
interface PolledCloudTable {
  project_id: string
  provider_name: string
  /** Somebody views the project, at some process, until then. */
  viewed_until: number
  /** 1 once the cloud was asked for by itself: it is polled in a loop from then on. */
  followed: number
  /** When Atlas last answered a poll, up to 30 s late, and the process that polled. */
  checked_at: number | null
  checked_by: string | null
  /** Outcome of the last poll, as JSON. */
  watch: string | null
}

/** The slowdown of a project by Atlas. */
interface AtlasPaceTable {
  project_id: string
  paused_until: number
  /** Atlas's refusal, as JSON. */
  refusal: string
  /** Factor by which polls were slower than usual at `slowed_at`, in hundredths. */
  slowness: number
  slowed_at: number
}
