import type { Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { takeWriteLock } from "#store/write-lock.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { toFieldsText, toKeptFields, toStorableText } from "./audit-fields.ts"
import { readAuditRow, readChainEnd, type StoredAuditRow } from "./audit-rows.ts"
import { chainStart, toRowHash, type ChainEnd } from "./row-hash.ts"

/** A row without its place in the chain, which it gets when it is written. */
type RowContent = Omit<StoredAuditRow, "sequence" | "at" | "previous_hash" | "hash">

const rememberedAttempts = 1_000

type StoreChange<T> = (transaction: Transaction<Tables>) => Promise<T>

type NoteSequence = (sequence: number, transaction: Transaction<Tables>) => Promise<void>

export interface OpenAttempt {
  /** Number of the attempt's row. */
  sequence: number
  /** Writes the outcome. May be called again when an unknown outcome becomes known. */
  complete: (result: AuditResult) => Promise<unknown>
}

/**
 * The audit log. Rows are added, never changed. Every method resolves when its row is on the disk. If it rejects, the audited action must
 * not happen.
 */
export class AuditLog {
  readonly #store: Store
  readonly #clock: Clock
  /** What this process attempted last. An outcome repeats the content of its attempt. */
  readonly #attempts = new Map<number, RowContent>()

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async record(event: AuditEvent): Promise<void> {
    await this.recordChange(event, () => Promise.resolve(true))
  }

  /**
   * Records a change of our own store in the transaction of that change.
   * @param change returns false if there was nothing to change; then no row is written
   */
  async recordChange(event: AuditEvent, change: StoreChange<boolean>): Promise<void> {
    await this.recordChanges(async (transaction) => ((await change(transaction)) ? [event] : []))
  }

  /**
   * Records changes of our own store in their transaction.
   * @param change returns the events to record
   */
  async recordChanges(change: StoreChange<AuditEvent[]>): Promise<void> {
    await this.#append(async (transaction) => (await change(transaction)).map(toEventContent))
  }

  /**
   * Writes the row of an attempt. Await it before anything leaves this server.
   * @param note stores the row's number elsewhere, in the same transaction
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
    const [sequence] = await this.#append(() => Promise.resolve([content]), note)
    if (sequence === undefined) throw new Error("An attempt always has a row")
    this.#rememberAttempt(sequence, content)
    return { sequence, complete: (result) => this.complete(sequence, result) }
  }

  /**
   * Writes the outcome of an attempt, also of another process.
   * @param change runs in the same transaction; if it returns false, nothing is written
   */
  async complete(
    attemptSequence: number,
    result: AuditResult,
    change: StoreChange<boolean> = () => Promise.resolve(true),
  ): Promise<boolean> {
    const sequences = await this.#append(async (transaction) => {
      if (!(await change(transaction))) return []
      const attempt =
        this.#attempts.get(attemptSequence) ?? (await readAuditRow(this.#store, attemptSequence, transaction))
      if (attempt?.kind !== "attempt") throw new Error(`Audit row ${attemptSequence} is not an attempt`)
      const content = {
        ...attempt,
        kind: "outcome",
        peering_id: result.peeringId === undefined ? attempt.peering_id : toStorableText(result.peeringId),
        outcome: result.outcome,
        answer_code: result.answerCode && toStorableText(result.answerCode),
        detail: result.detail === undefined ? null : toFieldsText(result.detail),
        after: toKeptFields(result.after),
        attempt_sequence: attemptSequence,
      }
      return [content]
    })
    return sequences.length > 0
  }

  #rememberAttempt(sequence: number, content: RowContent): void {
    this.#attempts.set(sequence, content)
    const [oldest] = this.#attempts.keys()
    if (this.#attempts.size > rememberedAttempts && oldest !== undefined) this.#attempts.delete(oldest)
  }

  /** Adds rows to the end of the chain and returns their numbers. A lock keeps other processes from adding rows meanwhile. */
  async #append(
    build: StoreChange<RowContent[]>,
    note: NoteSequence = () => Promise.resolve(),
  ): Promise<number[]> {
    const { db } = this.#store
    return await db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (transaction) => {
        await takeWriteLock(this.#store, transaction, "audit")
        let last: ChainEnd = (await readChainEnd(this.#store, transaction)) ?? chainStart
        const sequences: number[] = []
        for (const content of await build(transaction)) {
          const row = {
            ...content,
            sequence: Math.floor(last.sequence) + 1,
            at: this.#clock.now(),
            previous_hash: last.hash,
          }
          last = { sequence: row.sequence, hash: toRowHash(row) }
          await transaction
            .insertInto("audit_row")
            .values({ ...row, hash: last.hash })
            .execute()
          await note(row.sequence, transaction)
          sequences.push(row.sequence)
        }
        return sequences
      })
  }
}

function toEventContent(event: AuditEvent): RowContent {
  return {
    ...toContent(event),
    kind: "event",
    project_id: "projectId" in event ? event.projectId && toStorableText(event.projectId) : null,
    peering_id: "peeringId" in event ? toStorableText(event.peeringId) : null,
    reason: "reason" in event ? toStorableText(event.reason) : null,
    detail: toFieldsText(event.detail),
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
