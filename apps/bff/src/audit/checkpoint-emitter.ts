import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { readAuditRow } from "#audit/chain/audit-rows.ts"
import { toRowHash, type ChainEnd } from "#audit/chain/row-hash.ts"
import { signCheckpoint, type AuditCheckpoint } from "#audit/signing/checkpoint.ts"
import type { Store } from "#store/store.ts"
import type { AuditLog } from "./audit-log.ts"
import { verifySigned } from "./verify-signed.ts"

const emitEveryMs = 60_000

interface EmitterDeps {
  store: Store
  audit: Pick<AuditLog, "end">
  clock: Clock
  logger: Logger
}

/**
 * Writes a signed checkpoint to the log each minute. Before signing, it verifies the last checkpoint and the rows added since. If they are
 * not intact it logs that each minute, and signs nothing any more.
 */
export class CheckpointEmitter {
  readonly #deps: EmitterDeps
  #newest: AuditCheckpoint | null = null
  #cancel: () => void = () => undefined
  #stopped = false

  constructor(deps: EmitterDeps) {
    this.#deps = deps
  }

  /** The last checkpoint; null before the first row. */
  get newest(): AuditCheckpoint | null {
    return this.#newest
  }

  start(): void {
    void this.emit().finally(() => {
      if (!this.#stopped) this.#cancel = this.#deps.clock.after(emitEveryMs, () => this.start())
    })
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  /** Emits one now. Logs failures instead of throwing. */
  async emit(): Promise<void> {
    const { audit, clock, logger } = this.#deps
    try {
      const found = await audit.end.read()
      const from = this.#newest ?? audit.end.known
      if (found.flaw !== null) logger.error({ why: found.flaw }, "the audit log is not as it was written")
      if (from === null || found.flaw !== null) return
      const { end, flaw, signed, key } = await this.#verifySince(from)
      if (flaw !== null || signed === null || key === null) {
        logger.error({ flaw }, "the audit log is not as it was written")
        return
      }
      this.#newest = { ...end, at: clock.now() }
      logger.info({ auditHead: signCheckpoint(key, this.#newest) }, "signed end of the audit log")
    } catch (thrown) {
      logger.error({ err: thrown }, "the end of the audit log could not be signed")
    }
  }

  async #verifySince(from: ChainEnd): ReturnType<typeof verifySigned> {
    const { store, audit } = this.#deps
    const first = await readAuditRow(store, from.sequence)
    const holds = first !== null && first.hash === from.hash && toRowHash(first) === from.hash
    const added = await verifySigned({ store, signedEnd: audit.end, from })
    if (holds && added.flaw === null) return added
    // Only the whole log shows which row it is.
    return await verifySigned({ store, signedEnd: audit.end, checkpoints: [from] })
  }
}
