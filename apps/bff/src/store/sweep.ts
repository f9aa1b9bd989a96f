import { sql, type RawBuilder } from "kysely"
import { moveCursor, readCursor } from "./cursor.ts"
import { step } from "./step.ts"
import type { Store } from "./store.ts"

const dayMs = 24 * 60 * 60_000
/** Keeps deleted peerings with their annotations, links, API tokens and requests for approval for this long. */
const keepGoneMs = 90 * dayMs
/** Keeps changes of Atlas, settled messages and facts of networks for this long; their events stay. */
const keepSettledMs = 30 * dayMs
/** Keeps what a role read for this long. */
const keepReadMs = 7 * dayMs

/**
 * Removes what has run out: sessions that ended a day ago, logout tokens nobody would accept again, connections that went 90 days ago,
 * links, API tokens and requests for approval that ended 90 days ago, changes and messages after 30 days, facts of networks 30 days after
 * the last paste, or 7 days after the last reading by a role. Events stay.
 */
export async function sweepStore({ db, dialect }: Store, now: number): Promise<void> {
  for (const deletion of listDeletions(now)) await deletion.execute(db)
  const rest = dialect === "sqlite" ? sql`json_remove(plan, '$.pasted')` : sql`(plan::jsonb - 'pasted')::text`
  await sql`update change set plan = ${rest} where kind = 'peering-create' and updated_at <= ${now - keepSettledMs}
    and plan like '%"pasted":%' and state not in ('ready', 'sent', 'unknown')`.execute(db)
}

/** In order: a row that refers to another one goes after it. */
function listDeletions(now: number): RawBuilder<unknown>[] {
  const gone = now - keepGoneMs
  const settled = now - keepSettledMs
  return [
    // Longer than any request runs that could still try to save a session which has ended.
    sql`delete from session where expires_at <= ${now - dayMs}`,
    sql`delete from logout_token where expires_at <= ${now}`,
    sql`delete from peering where gone_at <= ${gone}`,
    sql`delete from hand_off where expires_at <= ${gone}`,
    // A key of a form makes one connection, however late it comes again.
    sql`delete from change where state not in ('ready', 'sent', 'unknown')
      and (expires_at <= ${gone} or (expires_at is null and updated_at <= ${settled}))
      and (kind <> 'peering-create' or state in ('waiting', 'declined', 'withdrawn'))`,
    sql`update change set held = null, plan_hash = null, expires_at = null
      where expires_at <= ${gone} and state not in ('ready', 'sent', 'unknown')`,
    sql`delete from api_token where expires_at <= ${gone} or revoked_at <= ${gone}`,
    // A newer one may be about to get its first token.
    sql`delete from token_owner where confirmed_at <= ${now - dayMs}
      and user_key not in (select user_key from api_token)
      and user_key not in (select user_key from inbox_reader where mail_events <> '[]')
      and user_key not in (select user_key from change where state = 'waiting' and expires_at > ${now})`,
    sql`delete from notification_message where state in ('sent', 'failed') and last_attempt_at <= ${settled}`,
    sql`delete from notification_item where message_id not in (select id from notification_message)`,
    // A project that went has no later paste, so its rows go as well.
    sql`delete from network_facts where pasted_at <= ${settled} or (source = 'read' and pasted_at <= ${now - keepReadMs})`,
    sql`update cloud_account set regions = '[]' where regions <> '[]' and read_at <= ${now - keepReadMs}`,
    ...["peering_label", "peering_step"].map((table) => {
      const one = sql.table(table)
      return sql`delete from ${one} where at <= ${gone} and not exists (
        select 1 from peering where peering.project_id = ${one}.project_id and peering.id = ${one}.peering_id)`
    }),
  ]
}

const eventsPerStep = 1_000

/**
 * Drops the data of findings from before a time. Their rows stay, with status and times, and prove as before. What people did, decided
 * and signed in for is kept.
 */
export async function dropHistory(store: Store, before: number): Promise<void> {
  for (let isMore = true; isMore;)
    isMore = await step(store, async ({ transaction }) => {
      const from = await readCursor(transaction, "history")
      const next = transaction.selectFrom("event").select(["number", "at"]).where("number", ">", from)
      const rows = await next.orderBy("number").limit(eventsPerStep).execute()
      const newer = rows.findIndex(({ at }) => at >= before)
      const to = rows.slice(0, newer === -1 ? rows.length : newer).at(-1)?.number
      if (to === undefined) return false
      await transaction
        .updateTable("event")
        .set({ salt: null, data: null })
        .where("number", ">", from)
        .where("number", "<=", to)
        .where("phase", "=", "finding")
        .execute()
      await moveCursor(transaction, "history", { from, to })
      return newer === -1
    })
}
