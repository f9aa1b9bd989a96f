import { sql, type Transaction } from "kysely"
import type { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import type { KnownPeople, PersonListener } from "#sign-in/person-listener.ts"
import type { PersonClaims } from "#sign-in/provider/person-claims.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import { toUserKey } from "#store/session-store.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { ApiTokens } from "./api-tokens.ts"

interface TokenOwnerDeps {
  store: Store
  clock: Clock
  audit: Pick<AuditLog, "recordChanges">
  apiTokens: Pick<ApiTokens, "list" | "announceEnded">
}

/**
 * The table `token_owner`: what the identity provider last said of people who have tokens, get e-mail, or wait for an approval. These go on
 * while nobody is signed in, so each sign-in and each check of a session's claims is noted here.
 */
export class TokenOwners implements PersonListener, KnownPeople {
  readonly #deps: TokenOwnerDeps

  constructor(deps: TokenOwnerDeps) {
    this.#deps = deps
  }

  /** Keeps a person who acts or hears from us while away, unless a later word of the provider is known. */
  async save(person: PersonClaims, confirmedAt: number, transaction: Transaction<Tables>): Promise<void> {
    const { issuer, subject } = person.identity
    const known = toColumns(person, confirmedAt)
    await transaction
      .insertInto("token_owner")
      .values({ user_key: toUserKey(person.identity), issuer, subject, ...known })
      .onConflict((conflict) =>
        conflict
          .column("user_key")
          .doUpdateSet(known)
          .where("token_owner.confirmed_at", "<=", confirmedAt)
          .where((eb) =>
            eb.or([
              eb("token_owner.refused_at", "is", null),
              eb("token_owner.refused_at", "<=", confirmedAt),
            ]),
          ),
      )
      .execute()
  }

  async confirmed(person: PersonClaims): Promise<void> {
    const { audit, clock, store } = this.#deps
    const userKey = toUserKey(person.identity)
    const owner = await this.#find(userKey)
    if (owner === undefined) return
    const update = (db: Store["db"]) =>
      db
        .updateTable("token_owner")
        .set(toColumns(person, clock.now()))
        .where("user_key", "=", userKey)
        .execute()
    if (owner.refused_at === null) {
      await update(store.db)
      return
    }
    await audit.recordChanges(async (transaction) => {
      await update(transaction)
      const tokens = await this.#listOpen(userKey, transaction)
      if (tokens.length === 0) return []
      return [
        {
          action: "tokens-resumed",
          actor: person.identity,
          address: null,
          detail: { tokens: tokens.length },
        },
      ]
    })
  }

  async refused(identity: PersonClaims["identity"], address: string | null): Promise<void> {
    const { apiTokens, audit, clock } = this.#deps
    const userKey = toUserKey(identity)
    if ((await this.#find(userKey)) === undefined) return
    let paused: { id: string }[] = []
    await audit.recordChanges(async (transaction) => {
      const refused = await transaction
        .updateTable("token_owner")
        .set({ refused_at: clock.now() })
        .where("user_key", "=", userKey)
        .where("refused_at", "is", null)
        .returning("user_key")
        .executeTakeFirst()
      if (refused === undefined) return []
      paused = await this.#listOpen(userKey, transaction)
      if (paused.length === 0) return []
      const { subject, name } = identity
      return [
        {
          action: "tokens-paused",
          actor: null,
          address,
          detail: { subject, name, tokens: paused.length },
        },
      ]
    })
    apiTokens.announceEnded(paused)
  }

  async find(userKey: string): Promise<{ claims: RoleClaims; refusedAt: number | null } | null> {
    const row = await this.#deps.store.db
      .selectFrom("token_owner")
      .select(["claims", "refused_at"])
      .where("user_key", "=", userKey)
      .executeTakeFirst()
    return row === undefined
      ? null
      : { claims: JSON.parse(row.claims) as RoleClaims, refusedAt: row.refused_at }
  }

  async #find(userKey: string) {
    return await this.#deps.store.db
      .selectFrom("token_owner")
      .select("refused_at")
      .where("user_key", "=", userKey)
      .where(
        sql<boolean>`(user_key in (select user_key from api_token)
          or user_key in (select user_key from inbox_reader where mail_events <> '[]')
          or user_key in (select user_key from change where state = 'waiting'))`,
      )
      .executeTakeFirst()
  }

  async #listOpen(userKey: string, transaction: Transaction<Tables>): Promise<{ id: string }[]> {
    const now = this.#deps.clock.now()
    const tokens = await this.#deps.apiTokens.list(userKey, transaction)
    return tokens.filter(({ expiresAt, revokedAt }) => revokedAt === null && expiresAt > now)
  }
}

function toColumns({ identity, claims }: PersonClaims, confirmedAt: number) {
  const { name, email } = identity
  return { name, email, claims: JSON.stringify(claims), confirmed_at: confirmedAt, refused_at: null }
}
