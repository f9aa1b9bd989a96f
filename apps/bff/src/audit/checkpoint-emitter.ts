import { repeat, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { readEvent } from "#audit/chain/event-rows.ts"
import { isAsWritten } from "#audit/chain/row-hash.ts"
import { signCheckpoint, type AuditCheckpoint } from "#audit/signing/checkpoint.ts"
import type { Store } from "#store/store.ts"
import type { AuditLog } from "./audit-log.ts"
import { readFlaws } from "./flaw-rows.ts"
import { listOpenFlaws, verifyLog, type LogVerification } from "./verify-log.ts"
import { verifySigned } from "./verify-signed.ts"

const emitEveryMs = 60_000

interface EmitterDeps {
  store: Store
  audit: Pick<AuditLog, "end" | "recordFlaw">
  clock: Clock
  logger: Logger
  /** Where checkpoints are written. */
  output: Logger
}

/**
 * Writes a signed checkpoint to the log each minute. First it verifies the log: its end at the start, all of it a minute later, then the
 * rows since the last checkpoint. A flaw is recorded at once, and logged each minute until an administrator acknowledges it.
 */
export class CheckpointEmitter {
  readonly #deps: EmitterDeps
  #newest: AuditCheckpoint | null = null
  #openFlaws: number | null = null
  #isFirst = true
  #stopRepeating = () => {}

  constructor(deps: EmitterDeps) {
    this.#deps = deps
  }

  /** The last checkpoint; null before the first row. */
  get newest(): AuditCheckpoint | null {
    return this.#newest
  }

  /** Number of flaws that nobody acknowledged; null until the log was verified. */
  get openFlaws(): number | null {
    return this.#openFlaws
  }

  start(): void {
    this.#stopRepeating = repeat(this.#deps.clock, emitEveryMs, () => this.emit(), { begin: "now" })
  }

  stop(): void {
    this.#stopRepeating()
  }

  /**
   * Emits one now. Logs failures instead of throwing.
   * @param wantsAll verifies the whole log
   */
  async emit(wantsAll = false): Promise<void> {
    const { audit, clock, logger, output } = this.#deps
    try {
      const verified = await this.#verify(wantsAll)
      let { log } = verified
      this.#isFirst = false
      if (log.unrecorded !== null) {
        await audit.recordFlaw()
        log = await this.#verifyAll()
      }
      const open = listOpenFlaws(log)
      // Rows that were not read yet may be flawed.
      if (verified.isWhole || open.length > 0 || this.#openFlaws !== null) this.#openFlaws = open.length
      for (const flaw of open) logger.error({ flaw }, "The audit log does not verify")
      const { end, since, signed, key } = log
      if (log.unrecorded !== null || signed === null || key === null) return
      this.#newest = { ...end, at: clock.now(), since }
      output.info({ auditHead: signCheckpoint(key, this.#newest) }, "Signed the end of the audit log")
    } catch (thrown) {
      logger.error({ err: thrown }, "Could not sign the end of the audit log")
    }
  }

  async #verify(wantsAll: boolean): Promise<{ log: LogVerification; isWhole: boolean }> {
    const { store, audit } = this.#deps
    const all = async () => ({ log: await this.#verifyAll(), isWhole: true })
    const { signed, flaw } = await audit.end.read()
    const from = this.#newest ?? (this.#isFirst ? audit.end.known : null)
    if (wantsAll || from === null || flaw !== null || signed?.since !== from.since) return await all()
    const isDue = this.#openFlaws === null && !this.#isFirst
    if (isDue) return await all()
    const first = await readEvent(store.db, from.sequence)
    const holds = first !== null && first.hash === from.hash && isAsWritten(first)
    const { flaw: found, ...added } = await verifySigned({ store, signedEnd: audit.end, from })
    // Only the whole log shows which row it is.
    if (!holds || found !== null || added.signed?.since !== from.since) return await all()
    const recorded = await readFlaws(store, from.since)
    return { log: { ...added, since: from.since, recorded, unrecorded: null }, isWhole: false }
  }

  async #verifyAll(): Promise<LogVerification> {
    const { store, audit } = this.#deps
    const checkpoints = this.#newest === null ? [] : [this.#newest]
    return await verifyLog({ store, signedEnd: audit.end, checkpoints })
  }
}
