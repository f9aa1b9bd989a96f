import type { AcknowledgeFlaws } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import type { Step } from "#store/event-log.ts"
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

interface AttemptOutcome {
  /** Number of the attempt's row. */
  attemptSequence: number
  result: AuditResult
}

type StoreChange<T> = (transaction: Transaction<Tables>) => Promise<T>

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
    await this.recordChanges(() => Promise.resolve([event]))
  }

  /**
   * Records a change of our own store in the transaction of that change.
   * @param change returns false or null if there was nothing to change; then no row is written. Nothing stands for a change
   * @returns what `change` returned
   */
  async recordChange<T>(event: AuditEvent, change: StoreChange<T>): Promise<T> {
    return await this.#step(async (writing) => {
      const changed = await change(writing.transaction)
      if (changed !== false && changed !== null)
        await this.#writer.append(writing, [toNewEvent(toEventContent(event))])
      return changed
    })
  }

  /**
   * Records changes of our own store in their transaction.
   * @param change returns the events to record
   */
  async recordChanges(change: StoreChange<AuditEvent[]>): Promise<void> {
    await this.#step(async (writing) => {
      const events = await change(writing.transaction)
      if (events.length > 0) await this.#writer.append(writing, events.map(toEventContent).map(toNewEvent))
    })
  }

  /**
   * Writes the row of an attempt. Await it before anything leaves this server.
   * @param note stores the row's number elsewhere, in the same transaction
   * @returns the row's number
   */
  async attempt(
    attempt: AuditAttempt,
    note: (sequence: number, transaction: Transaction<Tables>) => Promise<void> = () => Promise.resolve(),
  ): Promise<number> {
    const content = toAttemptContent(attempt)
    const sequence = await this.#step(async (writing) => {
      const [row] = await this.#writer.append(writing, [toNewEvent(content)])
      if (row === undefined) throw new Error("An attempt always has a row")
      await note(row.number, writing.transaction)
      return row.number
    })
    this.#rememberAttempt(sequence, content)
    return sequence
  }

  /** Writes the outcome of an attempt, also of another process, and again when an unknown outcome becomes known. */
  async complete(attemptSequence: number, result: AuditResult): Promise<void> {
    await this.completeEach(() => Promise.resolve([{ attemptSequence, result }]))
  }

  /**
   * Writes the outcomes of attempts of which one change of our own store decides, in its transaction.
   * @param change returns the outcomes
   */
  async completeEach(change: StoreChange<AttemptOutcome[]>): Promise<void> {
    await this.#step(async (writing) => {
      const { transaction } = writing
      for (const { attemptSequence, result } of await change(transaction)) {
        const attempt =
          this.#attempts.get(attemptSequence) ?? (await this.#readContent(attemptSequence, transaction))
        if (attempt?.columns.phase !== "attempt")
          throw new Error(`Audit row ${attemptSequence} is not an attempt`)
        await this.#writer.append(writing, [toNewEvent(toOutcomeContent(attempt, attemptSequence, result))])
      }
    })
  }

  /** Makes a new signing key, which signs from its own row on. */
  async rotateKey(by: Pick<AuditEvent, "actor" | "address">): Promise<void> {
    await this.#step((writing) => this.#writer.append(writing, [], { rotatedBy: by }))
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
    await this.#step(async (writing) => {
      const verified = await this.#writer.verify(writing.transaction)
      const contents = build(verified)
      if (contents !== null) await this.#writer.append(writing, contents.map(toNewEvent), { verified })
    })
  }

  async #readContent(sequence: number, transaction: Transaction<Tables>): Promise<RowContent | null> {
    const row = await readEvent(transaction, sequence)
    return row && toStoredContent(row)
  }

  #rememberAttempt(sequence: number, content: RowContent): void {
    this.#attempts.set(sequence, content)
    const [oldest] = this.#attempts.keys()
    if (this.#attempts.size > rememberedAttempts && oldest !== undefined) this.#attempts.delete(oldest)
  }

  /** Runs a step that reads the end of the chain before it changes anything. */
  async #step<T>(work: (writing: Step) => Promise<T>): Promise<T> {
    return await step(this.#store, async (writing) => {
      await this.#writer.open(writing)
      return await work(writing)
    })
  }
}
