import { sql, type Kysely, type RawBuilder } from "kysely"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

export interface EndedSession {
  id: string
  /** Null when nobody was signed in by it. */
  user: { issuer: string; subject: string; name: string } | null
}

/**
 * Which sessions are to end. Ids are those of lists; with a person, only that person's. By a session of the provider, also those of
 * the subject for which the provider gave no name, since it may be any of them.
 */
export type SessionSelector =
  | { ids: readonly string[]; userKey?: string }
  | { userKey: string }
  | { issuer: string; providerSession: string; subject: string | null }

/** The signed-in sessions that have not ended, newest first. Moments are milliseconds since 1970. */
export async function readOpenSessions({ db }: Store, now: number, userKey: string | undefined) {
  const rows = await db
    .selectFrom("session")
    .select(["id_hash", "issuer", "subject", "name", "email", "address", "browser"])
    .select(["created_at", "seen_at", "expires_at"])
    .where("expires_at", ">", now)
    .where("data", "!=", "")
    .where("user_key", "is not", null)
    .$if(userKey !== undefined, (query) => query.where("user_key", "=", userKey ?? ""))
    .orderBy("created_at", "desc")
    .orderBy("id_hash")
    .execute()
  return rows.map((row) => ({
    /** Names it in lists; the secret in the cookie can't be told from it. */
    id: row.id_hash,
    user: {
      issuer: row.issuer ?? "",
      subject: row.subject ?? "",
      name: row.name ?? "",
      email: row.email,
    },
    address: row.address,
    browser: row.browser,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    /** When it ends if it is not used until then. */
    expiresAt: row.expires_at,
  }))
}

/**
 * The ids of sessions that ran out or were ended after a moment. An end that another process wrote counts also when that process's
 * clock is ahead, up to `aheadMs`; reading only so far keeps sessions that are open for long out of the question.
 */
export async function readEndedIds(
  { db }: Store,
  { now, since, aheadMs }: { now: number; since: number; aheadMs: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("session")
    .select("id_hash")
    .where("expires_at", ">", since)
    .where("expires_at", "<=", now + aheadMs)
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("data", "=", "")]))
    .execute()
  return rows.map(({ id_hash: id }) => id)
}

/** Ends open sessions: their content is deleted at once, the row stays until it is swept. */
export async function endSessions(
  db: Kysely<Tables>,
  now: number,
  which: SessionSelector,
): Promise<EndedSession[]> {
  const rows = await db
    .updateTable("session")
    .set({ data: "", expires_at: now })
    .where("expires_at", ">", now)
    .where("data", "!=", "")
    .where((eb) => {
      if ("issuer" in which) {
        const nameless = eb.and([eb("subject", "=", which.subject), eb("provider_session", "is", null)])
        return eb.and([
          eb("issuer", "=", which.issuer),
          eb.or([eb("provider_session", "=", which.providerSession), nameless]),
        ])
      }
      const { userKey } = which
      return eb.and([
        ...("ids" in which ? [eb("id_hash", "in", which.ids)] : []),
        ...(userKey === undefined ? [] : [eb("user_key", "=", userKey)]),
      ])
    })
    .returning(["id_hash", "issuer", "subject", "name"])
    .execute()
  return rows.map(({ id_hash: id, issuer, subject, name }) => ({
    id,
    user: issuer === null || subject === null ? null : { issuer, subject, name: name ?? "" },
  }))
}

/** A new expiry, but no later than so long after the session began. */
export function expiryWithin(expiresAt: number, absoluteMs: number): RawBuilder<number> {
  const latest = sql<number>`${sql.ref("session.created_at")} + ${sql.lit(absoluteMs)}`
  return sql<number>`case when ${sql.lit(expiresAt)} < ${latest} then ${sql.lit(expiresAt)} else ${latest} end`
}

/** Takes the check of a session's claims until a moment, or gives it back when `forMs` is 0. Returns false while another has it. */
export async function claimSessionCheck(
  { db }: Store,
  id: string,
  { now, forMs }: { now: number; forMs: number },
): Promise<boolean> {
  const claimed = await db
    .updateTable("session")
    .set({ checking_until: now + forMs })
    .where("id_hash", "=", id)
    .$if(forMs > 0, (query) =>
      query.where((eb) => eb.or([eb("checking_until", "is", null), eb("checking_until", "<=", now)])),
    )
    .returning("id_hash")
    .executeTakeFirst()
  return claimed !== undefined
}
