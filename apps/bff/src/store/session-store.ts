import { Store as ExpressSessionStore, type SessionData } from "express-session"
import type { Kysely } from "kysely"
import { AppError } from "#base/app-error.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { toContentHash } from "#base/content-hash.ts"
import { patienceMs, type Store } from "./store.ts"
import {
  claimSessionCheck,
  endSessions,
  expiryWithin,
  readEndedIds,
  readOpenSessions,
  type EndedSession,
  type SessionSelector,
} from "./session-rows.ts"
import { SessionCache } from "./session-cache.ts"
import { sealSession, toIdHash, unsealSession } from "./session-sealing.ts"
import type { Tables } from "./tables.ts"

/** The person of a session and their place. Stored beside its sealed data, to list and end sessions. */
export interface SessionOwner {
  issuer: string
  subject: string
  name: string
  email: string | null
  /** The provider's `sid`, if it gave one. */
  providerSession: string | null
  address: string | null
  browser: string | null
}

export interface SessionStoreOptions {
  store: Store
  clock: Clock
  /** Null as long as nobody is signed in. */
  ownerOf: (data: SessionData) => SessionOwner | null
  /** The longest time without use. */
  idleMs: number
  /** The longest life of a session after its first save. */
  absoluteMs: number
}

/** Use of a session is written at most this often. */
const touchEveryMs = 60_000
const rememberedTouches = 10_000
/** The clocks of processes over one database may be this far apart. */
const clocksApartMs = 10 * 60_000

type Callback = (error?: unknown) => void

/** Joins issuer and subject, which only together name a person (OpenID Connect Core §5.7). */
export function toUserKey(user: { issuer: string; subject: string }): string {
  return `${user.issuer}\n${user.subject}`
}

/** Returns what names a person to others: it tells two with one name apart, and neither their issuer nor their subject. */
export function toPersonKey(user: { issuer: string; subject: string }): string {
  return toContentHash(toUserKey(user)).slice(0, 16)
}

/**
 * express-session's store over the database. A session that ended leaves an empty row until long after: a request that was still
 * running when it ended can't save it back to life, nor can a process whose clock is behind.
 */
export class SessionStore extends ExpressSessionStore {
  readonly #options: SessionStoreOptions
  readonly #touched = new Map<string, number>()
  readonly #cache: SessionCache
  readonly #listeners = new Set<(ended: EndedSession[]) => void>()

  constructor(options: SessionStoreOptions) {
    super()
    this.#options = options
    this.#cache = new SessionCache(options.clock)
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#load(id).then(
      (session) => callback(null, session),
      (error: unknown) => callback(error),
    )
  }

  override set(id: string, session: SessionData, callback?: Callback): void {
    answer(this.saveWithin(this.#options.store.db, id, session), callback)
  }

  override touch(id: string, _session: SessionData, callback?: Callback): void {
    // At once: express-session would send the answer in two parts while it waits.
    if (!this.#isTouchDue(id)) return callback?.()
    // That a use is not noted keeps nobody from their answer, which is read by then: at worst the session ends a minute early.
    const noting = this.#touch(id).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
    })
    answer(waitAtMost(this.#options.clock, patienceMs, [noting]), callback)
  }

  /** Ends it. */
  override destroy(id: string, callback?: Callback): void {
    const ending = this.endWithin(this.#options.store.db, { ids: [toIdHash(id)] })
    answer(
      ending.then((ended) => this.announceEnded(ended)),
      callback,
    )
  }

  /** Calls back when sessions are ended through this store, in this process; a stream can then end at once. */
  onEnded(listener: (ended: EndedSession[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The id under which a session is listed: not the secret in the cookie. */
  toListedId(id: string): string {
    return toIdHash(id)
  }

  /** Lists the signed-in sessions of one person, or of everybody, newest first. */
  async listSessions(userKey?: string) {
    return await readOpenSessions(this.#options.store, this.#options.clock.now(), userKey)
  }

  /** Looks which sessions ended after a moment, by their listed ids, whichever process ended them. */
  async look(_ids: readonly string[], moment: number): Promise<{ ended: string[] }> {
    const now = this.#options.clock.now()
    const since = Math.min(moment, now) - clocksApartMs
    return { ended: await readEndedIds(this.#options.store, { now, since, aheadMs: clocksApartMs }) }
  }

  /**
   * Takes a session's check of claims for this process, for so long; 0 gives it back. False while another process has it: a refresh
   * token may work only once.
   * @param listedId as `toListedId` gives it
   */
  async claimCheck(listedId: string, forMs: number): Promise<boolean> {
    const { store, clock } = this.#options
    return await claimSessionCheck(store, listedId, { now: clock.now(), forMs })
  }

  /** Reads a session from the database, as another process may have changed it just now. Null when it has ended. */
  async readAgain(id: string): Promise<SessionData | null> {
    this.#cache.drop(toIdHash(id))
    return await this.#load(id)
  }

  /** Saves a session in a transaction. */
  async saveWithin(transaction: Kysely<Tables>, id: string, session: SessionData): Promise<void> {
    const { clock, ownerOf, idleMs, absoluteMs } = this.#options
    const now = clock.now()
    const idHash = toIdHash(id)
    const owner = ownerOf(session)
    const endsBy = now + Math.min(idleMs, absoluteMs)
    const changing = {
      data: sealSession(id, JSON.stringify(session)),
      user_key: owner && toUserKey(owner),
      issuer: owner?.issuer ?? null,
      subject: owner?.subject ?? null,
      name: owner?.name ?? null,
      email: owner?.email ?? null,
      provider_session: owner?.providerSession ?? null,
      address: owner?.address ?? null,
      browser: owner?.browser ?? null,
      seen_at: now,
    }
    await transaction
      .insertInto("session")
      .values({ ...changing, id_hash: idHash, created_at: now, expires_at: endsBy })
      .onConflict((conflict) =>
        conflict
          .column("id_hash")
          .doUpdateSet({ ...changing, expires_at: expiryWithin(endsBy, absoluteMs) })
          .where("session.expires_at", ">", now)
          .where("session.data", "!=", ""),
      )
      .execute()
    this.#cache.drop(idHash)
    this.#rememberTouch(idHash, now)
  }

  /** Ends sessions in a transaction; once it is committed, `announceEnded` is to be called. */
  async endWithin(transaction: Kysely<Tables>, which: SessionSelector): Promise<EndedSession[]> {
    return await endSessions(transaction, this.#options.clock.now(), which)
  }

  /** Notifies the listeners. */
  announceEnded(ended: EndedSession[]): void {
    for (const { id } of ended) {
      this.#touched.delete(id)
      this.#cache.drop(id)
    }
    if (ended.length > 0) for (const listener of this.#listeners) listener(ended)
  }

  async #load(id: string): Promise<SessionData | null> {
    const { store, clock } = this.#options
    const idHash = toIdHash(id)
    const cached = this.#cache.find(idHash)
    if (cached !== null) return JSON.parse(cached.text) as SessionData
    const keep = this.#cache.beginReading(idHash)
    const row = await store.db
      .selectFrom("session")
      .select(["data", "seen_at", "expires_at"])
      .where("id_hash", "=", idHash)
      .where("expires_at", ">", clock.now())
      .executeTakeFirst()
    const text = row === undefined ? null : unsealSession(id, row.data)
    if (row === undefined || text === null) return null
    this.#rememberTouch(idHash, row.seen_at)
    keep({ text, expiresAt: row.expires_at })
    return JSON.parse(text) as SessionData
  }

  async #touch(id: string): Promise<void> {
    const { store, clock, idleMs, absoluteMs } = this.#options
    const now = clock.now()
    const idHash = toIdHash(id)
    // Before it is written: while the database is locked, only one request a minute waits for it.
    this.#rememberTouch(idHash, now)
    const endsBy = now + Math.min(idleMs, absoluteMs)
    await store.db
      .updateTable("session")
      .set({ seen_at: now, expires_at: expiryWithin(endsBy, absoluteMs) })
      .where("id_hash", "=", idHash)
      .where("expires_at", ">", now)
      .where("data", "!=", "")
      .execute()
  }

  #isTouchDue(id: string): boolean {
    return this.#options.clock.now() - (this.#touched.get(toIdHash(id)) ?? 0) >= touchEveryMs
  }

  #rememberTouch(idHash: string, at: number): void {
    this.#touched.delete(idHash)
    this.#touched.set(idHash, at)
    const [oldest] = this.#touched.keys()
    if (this.#touched.size > rememberedTouches && oldest !== undefined) this.#touched.delete(oldest)
  }
}

function answer(work: Promise<unknown>, callback: Callback | undefined): void {
  work.then(
    () => callback?.(),
    (error: unknown) => callback?.(error),
  )
}
