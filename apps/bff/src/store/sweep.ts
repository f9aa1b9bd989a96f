import type { Store } from "./open-store.ts"

/** Longer than any request runs that could still try to save a session which has ended. */
const keepEndedSessionsMs = 24 * 60 * 60_000

/** Removes what has run out: sessions that ended a day ago, logout tokens nobody would accept again. Audit rows stay for good. */
export async function sweepStore({ db }: Store, now: number): Promise<void> {
  await db
    .deleteFrom("session")
    .where("expires_at", "<=", now - keepEndedSessionsMs)
    .execute()
  await db.deleteFrom("logout_token").where("expires_at", "<=", now).execute()
}
