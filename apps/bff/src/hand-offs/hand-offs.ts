import { escapeInvisible, type ProviderName } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { isLastBefore } from "#store/last-time.ts"
import type { Store } from "#store/store.ts"
import type { HandOffTable } from "#store/tables.ts"

/** A share link for one peering. Times are milliseconds since 1970. */
export type KeptHandOff = ReturnType<typeof toHandOff>

type NewHandOff = Pick<
  KeptHandOff,
  | ("id" | "projectId" | "providerName" | "peeringId")
  | ("madeFor" | "madeBy" | "madeByEmail" | "madeAt" | "expiresAt")
>

/** A read after this long a pause begins a new visit, in milliseconds. */
const visitPauseMs = 10 * 60_000
/** Interval at which the last read of a visit is stored, in milliseconds. */
const writeReadEveryMs = 60_000

const pasteEveryMs = 60_000

/** The table `hand_off`: share links and how they were used. */
export class HandOffs {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async add(handOff: NewHandOff, db: Store["db"] = this.#store.db): Promise<void> {
    const row = {
      id: handOff.id,
      project_id: handOff.projectId,
      provider_name: handOff.providerName,
      peering_id: handOff.peeringId,
      made_for: handOff.madeFor,
      made_by: handOff.madeBy,
      made_by_email: handOff.madeByEmail,
      made_at: handOff.madeAt,
      expires_at: handOff.expiresAt,
      opened_count: 0,
      pressed_count: 0,
    }
    await db.insertInto("hand_off").values(row).execute()
  }

  async find(id: string): Promise<KeptHandOff | null> {
    const [row] = await this.#select().where("id", "=", id).execute()
    return row === undefined ? null : toHandOff(row)
  }

  /** Returns the links of one peering, newest first. */
  async of(
    { projectId, peeringId }: { projectId: string; peeringId: string },
    db: Store["db"] = this.#store.db,
  ): Promise<KeptHandOff[]> {
    const ofPeering = this.#select(db).where("project_id", "=", projectId).where("peering_id", "=", peeringId)
    return (await ofPeering.orderBy("made_at", "desc").orderBy("id").execute()).map(toHandOff)
  }

  /** Returns a project's links that are neither revoked nor expired, the first to expire first. */
  async listOpen(projectId: string, now: number): Promise<KeptHandOff[]> {
    const unrevoked = this.#select().where("project_id", "=", projectId).where("revoked_at", "is", null)
    const open = unrevoked.where("expires_at", ">", now)
    return (await open.orderBy("expires_at").orderBy("id").execute()).map(toHandOff)
  }

  /** Returns false if it was revoked before. */
  async revoke(
    id: string,
    { by, at }: { by: string; at: number },
    db: Store["db"] = this.#store.db,
  ): Promise<boolean> {
    const open = db.updateTable("hand_off").where("id", "=", id).where("revoked_at", "is", null)
    const row = await open.set({ revoked_at: at, revoked_by: by }).returning("id").executeTakeFirst()
    return row !== undefined
  }

  /** Returns true if a read now begins a visit. A last read far ahead was stored while the clock was. */
  beginsVisit({ lastReadAt }: KeptHandOff, now: number): boolean {
    return lastReadAt === null || Math.abs(now - lastReadAt) >= visitPauseMs
  }

  /** Stores that a visit begins. Returns true for one of several concurrent reads. */
  async noteVisit(id: string, now: number, db: Store["db"] = this.#store.db): Promise<boolean> {
    const opened = await db
      .updateTable("hand_off")
      .set((eb) => ({ opened_count: eb("opened_count", "+", 1), last_opened_at: now, last_read_at: now }))
      .where("id", "=", id)
      .where(isLastBefore("last_read_at", now, visitPauseMs))
      .returning("id")
      .executeTakeFirst()
    return opened !== undefined
  }

  /** Stores that a visit continues. */
  async noteRead(id: string, now: number): Promise<void> {
    const visited = this.#store.db.updateTable("hand_off").where("id", "=", id)
    await visited
      .where("last_read_at", "<=", now - writeReadEveryMs)
      .set({ last_read_at: now })
      .execute()
  }

  async notePressed(id: string, now: number, db: Store["db"] = this.#store.db): Promise<void> {
    const pressed = db.updateTable("hand_off").where("id", "=", id)
    await pressed
      .set((eb) => ({ pressed_count: eb("pressed_count", "+", 1), last_pressed_at: now }))
      .execute()
  }

  /**
   * Stores that the holder pastes a text.
   * @returns milliseconds until they may; 0 for one of several concurrent pastes, at whichever server, a minute after the last one
   */
  async notePaste({ id, lastPastedAt }: KeptHandOff, now: number): Promise<number> {
    const { db } = this.#store
    const pasted = await db
      .updateTable("hand_off")
      .set({ last_pasted_at: now })
      .where("id", "=", id)
      .where(isLastBefore("last_pasted_at", now, pasteEveryMs))
      .returning("id")
      .executeTakeFirst()
    if (pasted !== undefined) return 0
    return Math.max(1, Math.min(pasteEveryMs, (lastPastedAt ?? now) + pasteEveryMs - now))
  }

  /** Stores that the holder declined; a second reason replaces the first. Returns false for a revoked link. */
  async noteDeclined(
    id: string,
    { reason, at }: { reason: string; at: number },
    db: Store["db"],
  ): Promise<boolean> {
    const open = db.updateTable("hand_off").where("id", "=", id).where("revoked_at", "is", null)
    const declined = open.set({ declined_at: at, decline_reason: reason })
    return (await declined.returning("id").executeTakeFirst()) !== undefined
  }

  /** Stores that the holder took a decline back. Returns false without one, and for a revoked link. */
  async noteTakenBack(id: string, db: Store["db"]): Promise<boolean> {
    const open = db.updateTable("hand_off").where("id", "=", id).where("revoked_at", "is", null)
    const declined = open.where("declined_at", "is not", null)
    const row = await declined
      .set({ declined_at: null, decline_reason: null })
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  #select(db: Store["db"] = this.#store.db) {
    return db.selectFrom("hand_off").selectAll()
  }
}

function toHandOff(row: Selectable<HandOffTable>) {
  return {
    id: row.id,
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    peeringId: row.peering_id,
    madeFor: escapeInvisible(row.made_for),
    madeBy: escapeInvisible(row.made_by),
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    openedCount: row.opened_count,
    lastOpenedAt: row.last_opened_at,
    lastReadAt: row.last_read_at,
    pressedCount: row.pressed_count,
    lastPressedAt: row.last_pressed_at,
    lastPastedAt: row.last_pasted_at,
    madeByEmail: row.made_by_email,
    declinedAt: row.declined_at,
    declineReason: escapeInvisible(row.decline_reason),
  }
}
