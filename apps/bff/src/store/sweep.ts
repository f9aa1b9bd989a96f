import type { Store } from "./store.ts"

const dayMs = 24 * 60 * 60_000
/** Longer than any request runs that could still try to save a session which has ended. */
const keepEndedSessionsMs = dayMs
/** Keeps deleted peerings with their observations and annotations for this long. */
const keepGoneMs = 90 * dayMs
/** Keeps API tokens that ended for this long, to recognise them. */
const keepEndedTokensMs = 90 * dayMs
/** Keeps requests for approval for this long after they expired; the audit log says longer what became of them. */
const keepApprovalsMs = 90 * dayMs
/** Keeps changes of Atlas for this long after their last step; their audit rows stay. */
const keepChangesMs = 30 * dayMs
/** Keeps messages that are settled for this long. */
const keepNotificationsMs = 30 * dayMs
/** Keeps poll sessions for this long; time before that counts as not polled. */
const keepStretchesMs = 400 * dayMs

/**
 * Removes what has run out: sessions that ended a day ago, logout tokens nobody would accept again, connections that went 90 days ago,
 * links, API tokens and requests for approval that ended 90 days ago, changes and messages after 30 days. Events stay for good.
 */
export async function sweepStore({ db }: Store, now: number): Promise<void> {
  await db
    .deleteFrom("session")
    .where("expires_at", "<=", now - keepEndedSessionsMs)
    .execute()
  await db.deleteFrom("logout_token").where("expires_at", "<=", now).execute()
  await db
    .deleteFrom("peering")
    .where("gone_at", "<=", now - keepGoneMs)
    .execute()
  await db
    .deleteFrom("hand_off")
    .where("expires_at", "<=", now - keepGoneMs)
    .execute()
  await db
    .deleteFrom("approval")
    .where("expires_at", "<=", now - keepApprovalsMs)
    .where("state", "not in", ["approved", "sending"])
    .execute()
  await db
    .deleteFrom("change")
    .where("updated_at", "<=", now - keepChangesMs)
    .where("state", "not in", ["ready", "sent", "unknown"])
    // A key of a form makes one connection, however late it comes again.
    .where("kind", "!=", "peering-create")
    .execute()
  const tokensBefore = now - keepEndedTokensMs
  await db
    .deleteFrom("api_token")
    .where((eb) => eb.or([eb("expires_at", "<=", tokensBefore), eb("revoked_at", "<=", tokensBefore)]))
    .execute()
  await db
    .deleteFrom("token_owner")
    // A newer one may be about to get its first token.
    .where("confirmed_at", "<=", now - dayMs)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("api_token")
            .select("api_token.id")
            .whereRef("api_token.user_key", "=", "token_owner.user_key"),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("inbox_reader")
            .select("inbox_reader.user_key")
            .whereRef("inbox_reader.user_key", "=", "token_owner.user_key")
            .where("inbox_reader.mail_events", "!=", "[]"),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("approval")
            .select("approval.id")
            .whereRef("approval.user_key", "=", "token_owner.user_key")
            .where("approval.state", "=", "waiting")
            .where("approval.expires_at", ">", now),
        ),
      ),
    )
    .execute()
  await sweepNotifications(db, now - keepNotificationsMs)
  await db
    .deleteFrom("watched_stretch")
    .where("until_at", "<=", now - keepStretchesMs)
    .execute()
  for (const table of ["observation", "peering_label", "peering_step"] as const) {
    await db
      .deleteFrom(table)
      .where("at", "<=", now - keepGoneMs)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("peering")
              .select("peering.id")
              .whereRef("peering.project_id", "=", `${table}.project_id`)
              .whereRef("peering.id", "=", `${table}.peering_id`),
          ),
        ),
      )
      .execute()
  }
}

async function sweepNotifications(db: Store["db"], before: number): Promise<void> {
  await db
    .deleteFrom("notification_message")
    .where("state", "in", ["sent", "failed"])
    .where("last_attempt_at", "<=", before)
    .execute()
  await db
    .deleteFrom("notification_item")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("notification_message")
            .select("notification_message.id")
            .whereRef("notification_message.id", "=", "notification_item.message_id"),
        ),
      ),
    )
    .execute()
}
