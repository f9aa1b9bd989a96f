import type { Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import { toContentHash } from "#store/content-hash.ts"
import type { Store } from "#store/open-store.ts"
import type { Tables } from "#store/tables.ts"
import { takeWriteLock } from "#store/write-lock.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { toFieldsText, toKeptFields, toStorableText } from "./audit-fields.ts"
import { readAuditRow, readLastRow, type StoredAuditRow } from "./audit-rows.ts"
import { chainStart, toRowHash } from "./row-hash.ts"

/** What a row tells; its place in the chain is given to it when it is written. */
type RowContent = Omit<StoredAuditRow, "sequence" | "at" | "previous_hash" | "hash">

type StoreChange = (transaction: Transaction<Tables>) => Promise<boolean>

type NoteSequence = (sequence: number, transaction: Transaction<Tables>) => Promise<void>

export interface OpenAttempt {
  /** The attempt's own row. */
  sequence: number
  /** Writes what became of it; resolves once that is on the disk. May be called again, when an unknown end becomes known. */
  complete: (result: AuditResult) => Promise<void>
}

/**
 * The audit trail: rows are added, never changed. Every method resolves when its row is on the disk, and rejects when it can't be
 * written; what is to be audited must then not be done.
 */
export class AuditTrail {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async record(event: AuditEvent): Promise<void> {
    await this.recordChange(event, () => Promise.resolve(true))
  }

  /**
   * Records a change of our own store together with the change.
   * @param change makes it; false when there was nothing to change, and then there is no row. Both are written, or neither
   */
  async recordChange(event: AuditEvent, change: StoreChange): Promise<void> {
    await this.#append(async (transaction) =>
      (await change(transaction))
        ? {
            ...toContent(event),
            kind: "event",
            project_id: "projectId" in event ? event.projectId && toStorableText(event.projectId) : null,
            peering_id: "peeringId" in event ? toStorableText(event.peeringId) : null,
            detail: toFieldsText(event.detail),
          }
        : null,
    )
  }

  /**
   * Call it, and wait for it, before anything leaves this server.
   * @param note writes the row's number elsewhere in the store: both are written, or neither when it rejects
   */
  async attempt(attempt: AuditAttempt, note: NoteSequence = () => Promise.resolve()): Promise<OpenAttempt> {
    const content = {
      ...toContent(attempt),
      kind: "attempt",
      project_id: toStorableText(attempt.projectId),
      peering_id: attempt.peeringId && toStorableText(attempt.peeringId),
      reason: attempt.reason && toStorableText(attempt.reason),
      request_hash: toContentHash(attempt.request),
      before: toKeptFields(attempt.before),
    }
    const sequence = await this.#append(() => Promise.resolve(content), note)
    if (sequence === null) throw new Error("An attempt always has a row")
    return { sequence, complete: (result) => this.complete(sequence, result) }
  }

  /** Writes what became of an attempt of any process, also of one that is no more. */
  async complete(attemptSequence: number, result: AuditResult): Promise<void> {
    await this.#append(async (transaction) => {
      const attempt = await readAuditRow(this.#store, attemptSequence, transaction)
      if (attempt?.kind !== "attempt") throw new Error(`Audit row ${attemptSequence} is not an attempt`)
      return {
        ...attempt,
        kind: "outcome",
        peering_id: result.peeringId === undefined ? attempt.peering_id : toStorableText(result.peeringId),
        outcome: result.outcome,
        answer_code: result.answerCode && toStorableText(result.answerCode),
        detail: result.detail === undefined ? null : toFieldsText(result.detail),
        after: toKeptFields(result.after),
        attempt_sequence: attemptSequence,
      }
    })
  }

  /** Adds one row to the end of the chain, which no other process may do at the same moment; none when there is nothing to tell. */
  async #append(
    tell: (transaction: Transaction<Tables>) => Promise<RowContent | null>,
    note: NoteSequence = () => Promise.resolve(),
  ): Promise<number | null> {
    const { db } = this.#store
    return await db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (transaction) => {
        await takeWriteLock(this.#store, transaction, "audit")
        const last = (await readLastRow(this.#store, transaction)) ?? chainStart
        const content = await tell(transaction)
        if (content === null) return null
        const row = {
          ...content,
          sequence: Math.floor(last.sequence) + 1,
          at: this.#clock.now(),
          previous_hash: last.hash,
        }
        await transaction
          .insertInto("audit_row")
          .values({ ...row, hash: toRowHash(row) })
          .execute()
        await note(row.sequence, transaction)
        return row.sequence
      })
  }
}

function toContent({ actor, address, action }: AuditEvent | AuditAttempt): RowContent {
  return {
    kind: "",
    actor_issuer: actor && toStorableText(actor.issuer),
    actor_subject: actor && toStorableText(actor.subject),
    actor_name: actor && toStorableText(actor.name),
    address: address && toStorableText(address),
    action,
    project_id: null,
    peering_id: null,
    reason: null,
    request_hash: null,
    outcome: null,
    answer_code: null,
    detail: null,
    before: null,
    after: null,
    attempt_sequence: null,
  }
}
