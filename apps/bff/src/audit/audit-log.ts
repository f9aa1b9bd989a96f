import type { AcknowledgeFlaws } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { readEvent } from "#audit/chain/event-rows.ts"
import type { AuditKeys } from "#audit/signing/audit-keys.ts"
import type { SignedEnd } from "#audit/signing/signed-end.ts"
import { ChainWriter, type ChainWriterDeps } from "./chain-writer.ts"
import {
  toAttemptContent,
  toEventContent,
  toNewEvent,
  toOutcomeContent,
  toStoredContent,
  type RowContent,
} from "./row-content.ts"
import { listOpenFlaws, type LogVerification } from "./verify-log.ts"

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
  readonly #writer: ChainWriter
  /** What this process attempted last. An outcome repeats the content of its attempt. */
  readonly #attempts = new Map<number, RowContent>()

  constructor(deps: ChainWriterDeps) {
    this.#store = deps.store
    this.#writer = new ChainWriter(deps)
    deps.store.log = this.#writer
  }

  get keys(): AuditKeys {
    return this.#writer.keys
  }

  get end(): SignedEnd {
    return this.#writer.end
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
    const content = toAttemptContent(attempt)
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
        this.#attempts.get(attemptSequence) ?? (await this.#readContent(attemptSequence, transaction))
      if (attempt?.columns.phase !== "attempt")
        throw new Error(`Audit row ${attemptSequence} is not an attempt`)
      return [toOutcomeContent(attempt, attemptSequence, result)]
    })
    return sequences.length > 0
  }

  /** Makes a new signing key, which signs from its own row on. */
  async rotateKey(by: Pick<AuditEvent, "actor" | "address">): Promise<void> {
    await this.#append(() => Promise.resolve([]), undefined, by)
  }

  /** Verifies the log and records a flaw that no row names yet. The next rows form a new segment. */
  async recordFlaw(): Promise<void> {
    await this.#verifyAndAppend(({ unrecorded }) => (unrecorded === null ? null : []))
  }

  /**
   * Acknowledges every flaw of the log.
   * @param seen the first row of each, as the person saw them
   * @throws AppError `invalid_request` when these are not the flaws that are open now
   */
  async acknowledgeFlaws(
    by: Pick<AuditEvent, "actor" | "address">,
    { flaws: seen, reason }: AcknowledgeFlaws,
  ): Promise<void> {
    await this.#verifyAndAppend((log) => {
      const open = listOpenFlaws(log).map(({ sequence }) => sequence)
      if (open.join() !== seen.toSorted((one, other) => one - other).join())
        throw new AppError("invalid_request", {
          detail: "The flaws of the audit log are not the ones that were shown. Verify its integrity again.",
          fields: { flaws: "These are not the flaws that nobody acknowledged" },
        })
      const detail = { flaws: open.join(", ") }
      return [toEventContent({ ...by, action: "audit-flaw-acknowledged", reason, detail })]
    })
  }

  /** @param build returns null to add no row */
  async #verifyAndAppend(build: (log: LogVerification) => RowContent[] | null): Promise<void> {
    await step(this.#store, async (writing) => {
      await this.#writer.open(writing)
      const verified = await this.#writer.verify(writing.transaction)
      const contents = build(verified)
      if (contents !== null) await this.#writer.append(writing, contents.map(toNewEvent), { verified })
    })
  }

  async #readContent(sequence: number, transaction: Transaction<Tables>): Promise<RowContent | null> {
    const row = await readEvent(this.#store, sequence, transaction)
    return row && toStoredContent(row)
  }

  #rememberAttempt(sequence: number, content: RowContent): void {
    this.#attempts.set(sequence, content)
    const [oldest] = this.#attempts.keys()
    if (this.#attempts.size > rememberedAttempts && oldest !== undefined) this.#attempts.delete(oldest)
  }

  /** Adds rows to the end of the chain and returns their numbers. */
  async #append(
    build: StoreChange<RowContent[]>,
    note: NoteSequence = () => Promise.resolve(),
    rotatedBy: Pick<AuditEvent, "actor" | "address"> | null = null,
  ): Promise<number[]> {
    return await step(this.#store, async (writing) => {
      const { transaction } = writing
      await this.#writer.open(writing)
      const contents = await build(transaction)
      if (contents.length === 0 && rotatedBy === null) return []
      const rows = await this.#writer.append(writing, contents.map(toNewEvent), { rotatedBy })
      for (const { number } of rows) await note(number, transaction)
      return rows.map(({ number }) => number)
    })
  }
}
