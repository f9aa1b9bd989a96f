import type { ProjectRole } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Credentials } from "#sign-in/caller-watch.ts"
import type { SessionTokens } from "#sign-in/end-sessions.ts"
import { isLastBefore } from "#store/last-time.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { ApiTokenTable, TokenOwnerTable } from "#store/token-tables.ts"

/** A token with its owner. Moments are milliseconds since 1970. */
export type StoredToken = ReturnType<typeof toStoredToken>

export type NewToken = Pick<
  StoredToken,
  "id" | "userKey" | "name" | "role" | "projects" | "createdAt" | "expiresAt"
> & { hash: string; sessionId: string | null }

/** A use is stored at most this often. */
const noteEveryMs = 60_000

/** The table `api_token`. Every request reads its token's row, so what any process changes counts from the next request. */
export class ApiTokens implements SessionTokens, Credentials {
  readonly #store: Store
  readonly #clock: Clock
  readonly #listeners = new Set<(ended: readonly { id: string }[]) => void>()

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async add(
    { id, hash, userKey, name, role, sessionId, ...token }: NewToken,
    db: Store["db"],
  ): Promise<void> {
    await db
      .insertInto("api_token")
      .values({
        id,
        hash,
        user_key: userKey,
        name,
        role,
        projects: JSON.stringify(token.projects),
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        session_id: sessionId,
      })
      .execute()
  }

  async findByHash(hash: string): Promise<StoredToken | null> {
    const row = await this.#select().where("api_token.hash", "=", hash).executeTakeFirst()
    return row === undefined ? null : toStoredToken(row)
  }

  async find(id: string): Promise<StoredToken | null> {
    const row = await this.#select().where("api_token.id", "=", id).executeTakeFirst()
    return row === undefined ? null : toStoredToken(row)
  }

  /** Returns which of some tokens ended, or may not be used by now, and what the provider last said of the owners of the others. */
  async look(ids: readonly string[]): ReturnType<Credentials["look"]> {
    const tokens = ids.length === 0 ? [] : await this.#select().where("api_token.id", "in", ids).execute()
    const now = this.#clock.now()
    const confirmed = new Map(
      tokens
        .map(toStoredToken)
        .filter(({ expiresAt, revokedAt, owner: { refusedAt } }) => {
          return revokedAt === null && expiresAt > now && refusedAt === null
        })
        .map(({ id, owner }) => [id, { claims: owner.claims, checkedAt: owner.confirmedAt }]),
    )
    return { ended: ids.filter((id) => !confirmed.has(id)), confirmed }
  }

  /** Lists the tokens of one person, or of everybody; newest first. */
  async list(userKey: string | null, db: Store["db"] = this.#store.db): Promise<StoredToken[]> {
    const rows = await this.#select(db)
      .$if(userKey !== null, (query) => query.where("api_token.user_key", "=", userKey))
      .orderBy("created_at", "desc")
      .orderBy("id")
      .execute()
    return rows.map(toStoredToken)
  }

  /** Returns false if there is no such token, or it was revoked before. */
  async revoke(id: string, { by, at }: { by: string; at: number }, db: Store["db"]): Promise<boolean> {
    const row = await db
      .updateTable("api_token")
      .set({ revoked_at: at, revoked_by: by })
      .where("id", "=", id)
      .where("revoked_at", "is", null)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  async countOfSessions(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (sessionIds.length === 0) return new Map()
    const rows = await this.#store.db
      .selectFrom("api_token")
      .select(({ fn }) => ["session_id", fn.countAll<number | string>().as("count")])
      .where("session_id", "in", sessionIds)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", this.#clock.now())
      .groupBy("session_id")
      .execute()
    return new Map(rows.map(({ session_id: id, count }) => [id ?? "", Number(count)]))
  }

  async revokeOfSessions(
    sessionIds: readonly string[],
    by: string,
    transaction: Transaction<Tables>,
  ): Promise<{ id: string; name: string; sessionId: string }[]> {
    if (sessionIds.length === 0) return []
    const now = this.#clock.now()
    const rows = await transaction
      .updateTable("api_token")
      .set({ revoked_at: now, revoked_by: by })
      .where("session_id", "in", sessionIds)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", now)
      .returning(["id", "name", "session_id"])
      .execute()
    return rows.map(({ id, name, session_id }) => ({ id, name, sessionId: session_id ?? "" }))
  }

  /** Stores that a token is used, once a minute. A last use far ahead was stored while the clock was. */
  async noteUse({ id, lastUsedAt }: StoredToken, address: string | null): Promise<void> {
    const now = this.#clock.now()
    if (lastUsedAt !== null && Math.abs(now - lastUsedAt) < noteEveryMs) return
    await this.#store.db
      .updateTable("api_token")
      .set({ last_used_at: now, last_used_from: address })
      .where("id", "=", id)
      .where(isLastBefore("last_used_at", now, noteEveryMs))
      .execute()
  }

  /** Calls back when tokens end in this process, so that their streams can end at once. */
  onEnded(listener: (ended: readonly { id: string }[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  announceEnded(ended: readonly { id: string }[]): void {
    for (const listener of this.#listeners) listener(ended)
  }

  #select(db: Store["db"] = this.#store.db) {
    return db
      .selectFrom("api_token")
      .innerJoin("token_owner", "token_owner.user_key", "api_token.user_key")
      .selectAll("api_token")
      .select([
        "token_owner.issuer",
        "token_owner.subject",
        "token_owner.name as owner_name",
        "token_owner.email",
        "token_owner.claims",
        "token_owner.confirmed_at",
        "token_owner.refused_at",
      ])
  }
}

function toStoredToken(row: ApiTokenTable & Omit<TokenOwnerTable, "name"> & { owner_name: string }) {
  return {
    id: row.id,
    userKey: row.user_key,
    name: row.name,
    role: row.role as ProjectRole,
    projects: JSON.parse(row.projects) as "*" | string[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    lastUsedFrom: row.last_used_from,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    owner: {
      identity: { issuer: row.issuer, subject: row.subject, name: row.owner_name, email: row.email },
      claims: JSON.parse(row.claims) as RoleClaims,
      confirmedAt: row.confirmed_at,
      refusedAt: row.refused_at,
    },
  }
}
