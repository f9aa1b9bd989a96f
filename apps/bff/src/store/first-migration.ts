import { randomUUID } from "node:crypto"
import { sql } from "kysely"
import type { Store } from "./store.ts"

/** The head before the first step, under a name that no other count of versions has. */
export function emptyHead() {
  const incarnation = randomUUID().slice(0, 8)
  return { id: 1, version: 0, incarnation, number: null, hash: "", at: 0, checkpoint: "" }
}

/** Both databases read the same text. `tables.ts` describes the columns. */
const statements = [
  `create table head (
    id bigint not null primary key, version bigint not null, incarnation text not null, number bigint,
    hash text not null, at bigint not null, checkpoint text not null
  )`,
  `create table session (
    id_hash text not null primary key, data text not null, user_key text, issuer text, subject text,
    name text, email text, provider_session text, address text, browser text, created_at bigint not null,
    seen_at bigint not null, expires_at bigint not null, checking_until bigint
  )`,
  'create index "session_user" on session (user_key, expires_at)',
  "create index session_provider on session (issuer, provider_session)",
  "create index session_expiry on session (expires_at)",
  `create table logout_token (
    issuer text not null, jti text not null, expires_at bigint not null,
    constraint logout_token_key primary key (issuer, jti)
  )`,
  `create table event (
    number bigint not null primary key, at bigint not null, version bigint not null, phase text not null,
    kind text not null, actor_issuer text, actor_subject text, actor_name text, project_id text,
    provider_name text, peering_id text, status text, after_at bigint, notification text, outcome text,
    attempt bigint, once text, digest text not null, previous_hash text not null, salt text, data text,
    hash text not null
  )`,
  "create unique index event_once on event (once) where once is not null",
  "create index event_attempt on event (attempt) where attempt is not null",
  "create index event_about on event (project_id, peering_id, number) where project_id is not null",
  "create index event_notification on event (number) where notification is not null",
  `create table peering (
    project_id text not null, provider_name text not null, id text not null, raw text not null,
    version bigint not null, first_version bigint not null, ahead bigint not null,
    begin_seen bigint not null, created_by text,
    first_seen_at bigint not null, updated_at bigint not null, gone_at bigint, last_listed_at bigint,
    constraint peering_key primary key (project_id, provider_name, id)
  )`,
  "create index peering_version on peering (version)",
  "create index peering_gone on peering (project_id, gone_at) where gone_at is not null",
  `create table peering_label (
    project_id text not null, peering_id text not null, label text not null, by_name text not null,
    at bigint not null, constraint peering_label_key primary key (project_id, peering_id)
  )`,
  `create table peering_step (
    project_id text not null, peering_id text not null, step_id text not null, by_name text not null,
    at bigint not null, constraint peering_step_key primary key (project_id, peering_id, step_id)
  )`,
  `create table hand_off (
    id text not null primary key, project_id text not null, provider_name text not null,
    peering_id text not null, made_for text, made_by text not null, made_at bigint not null,
    expires_at bigint not null, revoked_at bigint, revoked_by text, opened_count bigint not null,
    last_opened_at bigint, last_read_at bigint, pressed_count bigint not null, last_pressed_at bigint,
    made_by_email text, declined_at bigint, decline_reason text, last_pasted_at bigint
  )`,
  "create index hand_off_peering on hand_off (project_id, peering_id)",
  `create table preset (
    id text not null primary key, project_id text not null, name text not null, draft text not null,
    by_name text not null, at bigint not null, constraint preset_name unique (project_id, name)
  )`,
  `create table managed_key (
    project_id text not null, key text not null, name text not null, by_name text not null,
    at bigint not null, constraint managed_key_key primary key (project_id, key)
  )`,
  `create table saved_view (
    id text not null primary key, user_key text not null, name text not null, query text not null,
    at bigint not null, constraint saved_view_name unique (user_key, name)
  )`,
  `create table network_facts (
    project_id text not null, network text not null, source text not null, by_name text not null,
    facts text not null, at bigint not null, pasted_at bigint not null, cloud_account text, broken text, seen text,
    constraint network_facts_key primary key (project_id, network, source)
  )`,
  "create index network_facts_cloud_account on network_facts (cloud_account) where cloud_account is not null",
  `create table cloud_account (
    id text not null primary key, project_id text not null, name text not null, external_id text not null unique,
    role_arn text, account text, state text not null, problem text, since bigint not null, checked_at bigint,
    read_at bigint, due_at bigint not null, missing text not null, open_to_others bigint, regions text not null,
    calls text not null, by_name text not null, at bigint not null,
    constraint cloud_account_once unique (project_id, account)
  )`,
  `create table audit_key (
    id text not null primary key, public_key text not null, sealed text not null,
    created_at bigint not null, from_sequence bigint not null, previous_id text, proof text not null,
    previous_proof text
  )`,
  `create table token_owner (
    user_key text not null primary key, issuer text not null, subject text not null, name text not null,
    email text, claims text not null, confirmed_at bigint not null, refused_at bigint
  )`,
  `create table api_token (
    id text not null primary key, hash text not null unique, user_key text not null, name text not null,
    role text not null, projects text not null, created_at bigint not null, expires_at bigint not null,
    last_used_at bigint, last_used_from text, revoked_at bigint, revoked_by text, session_id text
  )`,
  "create index api_token_user_key on api_token (user_key)",
  `create table process (
    id text not null primary key, alive_until bigint not null
  )`,
  `create table leader_lease (
    id bigint not null primary key, holder text, epoch bigint not null, held_until bigint not null
  )`,
  `create table polled_cloud (
    project_id text not null, provider_name text not null, viewed_until bigint not null default 0,
    followed bigint not null default 0, checked_at bigint, checked_by text, watch text,
    constraint polled_cloud_key primary key (project_id, provider_name)
  )`,
  `create table atlas_pace (
    project_id text not null primary key, paused_until bigint not null, refusal text not null,
    slowness bigint not null, slowed_at bigint not null
  )`,
  "create table cursor (name text not null primary key, number bigint not null)",
  `create table change (
    id text not null primary key, kind text not null, project_id text not null, subject text not null,
    plan text not null, before text not null, state text not null, attempt_sequence bigint,
    peering_id text, problem text, process_id text, user_key text not null, held text, plan_hash text,
    expires_at bigint, created_at bigint not null, updated_at bigint not null, version bigint, absence text
  )`,
  "create index change_shown on change (project_id) where kind = 'peering-create' and state in ('ready', 'unknown', 'failed')",
  "create index change_held on change (created_at) where expires_at is not null",
  "create index change_open on change (created_at) where state in ('ready', 'sent', 'unknown')",
  "create index change_subject on change (project_id, subject) where kind <> 'peering-create'",
  "create index change_version on change (version) where version is not null",
  `create table notification_route (
    id text not null primary key, name text not null unique, channel text not null, target text not null,
    place text not null, projects text not null, clouds text not null, events text not null,
    created_at bigint not null, created_by text not null, off_at bigint, off_why text
  )`,
  `create table notification_message (
    id text not null primary key, recipient text not null, state text not null, is_test bigint not null,
    created_at bigint not null, due_at bigint not null, attempts bigint not null,
    last_attempt_at bigint, last_answer text, quiet_until bigint not null, claim_by text,
    claim_until bigint not null
  )`,
  "create index notification_message_due on notification_message (state, due_at)",
  "create index notification_message_recipient on notification_message (recipient, created_at)",
  `create table notification_item (
    message_id text not null, event_number bigint not null, kind text not null,
    constraint notification_item_key primary key (message_id, event_number, kind)
  )`,
  `create table inbox_reader (
    user_key text not null primary key, read_up_to bigint not null, mail_events text not null
  )`,
]

const refusal = "events are never changed or removed"

const kept =
  "number at version phase kind actor_issuer actor_subject actor_name project_id provider_name peering_id status after_at notification outcome attempt once digest previous_hash hash"
/** True of an update that does more than drop the data of an event. */
const changesMore = (differs: string) =>
  [
    "new.salt is not null",
    "new.data is not null",
    ...kept.split(" ").map((name) => `new.${name} ${differs} old.${name}`),
  ].join(" or ")

/**
 * The index of times, which on PostgreSQL costs next to no write since events lie in their order. The database refuses to change or
 * remove an event, also when a defect of ours asks for it; only its data may be dropped.
 */
const forOneDatabase = {
  sqlite: [
    "create index event_at on event (at)",
    `create trigger event_no_update before update on event when ${changesMore("is not")}
      begin select raise(abort, '${refusal}'); end`,
    `create trigger event_no_delete before delete on event begin select raise(abort, '${refusal}'); end`,
  ],
  postgres: [
    "create index event_at on event using brin (at)",
    `create function refuse_event_change() returns trigger language plpgsql as
      $$ begin raise exception '${refusal}'; end $$`,
    `create trigger event_no_update before update on event
      for each row when (${changesMore("is distinct from")}) execute function refuse_event_change()`,
    `create trigger event_no_delete before delete or truncate on event
      for each statement execute function refuse_event_change()`,
  ],
}

/** Their rows are too long for the tree of a key, which would put the end of each on a page more. */
const longRows = ["change", "cloud_account", "network_facts", "peering", "session"]

/**
 * Keeps the short rows of a table in the tree of its key. Otherwise SQLite has a second tree for the key, and a write changes a page of
 * both.
 * @see https://www.sqlite.org/withoutrowid.html
 */
function toSqlite(statement: string): string {
  const name = /^create table (\w+)/.exec(statement)?.[1]
  if (name === undefined || longRows.includes(name)) return statement
  const numbered = statement.replace("bigint not null primary key", "integer not null primary key")
  return numbered === statement ? `${statement} without rowid` : numbered
}

/** Creates every table in an empty database. */
export async function createTables({ db, dialect }: Pick<Store, "db" | "dialect">): Promise<void> {
  const common = dialect === "sqlite" ? statements.map(toSqlite) : statements
  for (const statement of [...common, ...forOneDatabase[dialect]]) await sql.raw(statement).execute(db)
  await db
    .insertInto("head")
    .values({ ...emptyHead(), number: 0, hash: "0".repeat(64) })
    .execute()
}
