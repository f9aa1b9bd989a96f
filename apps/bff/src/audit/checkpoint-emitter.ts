import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { readAuditRow, readLastRow } from "./audit-rows.ts"
import { readChainPages } from "./chain-pages.ts"
import { verifyChain } from "./hash-chain.ts"
import { toRowHash, type ChainEnd } from "./row-hash.ts"
import type { AuditCheckpoint, CheckpointSigner } from "./checkpoint.ts"

const emitEveryMs = 60_000

interface EmitterDeps {
  store: Store
  signer: CheckpointSigner
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
    const { store, signer, clock, logger } = this.#deps
    try {
      const from = this.#newest ?? (await readLastRow(store))
      if (from === null) return
      const { end, flaw } = await this.#verifySince(from)
      if (flaw !== null) {
        logger.error({ flaw }, "the audit log is not as it was written")
        return
      }
      this.#newest = { ...end, at: clock.now() }
      logger.info({ auditHead: signer.sign(this.#newest) }, "signed end of the audit log")
    } catch (thrown) {
      logger.error({ err: thrown }, "the end of the audit log could not be signed")
    }
  }

  async #verifySince(from: ChainEnd): ReturnType<typeof verifyChain> {
    const { store } = this.#deps
    const readRow = (sequence: number) => readAuditRow(store, sequence)
    const signed = await readRow(from.sequence)
    const added = await verifyChain({
      pages: readChainPages(store, (query) => query.where("sequence", ">", from.sequence)),
      readRow,
      from,
    })
    const holds = signed !== null && signed.hash === from.hash && toRowHash(signed) === from.hash
    if (holds && added.flaw === null) return added
    // Only the whole log shows which row it is.
    return await verifyChain({ pages: readChainPages(store), readRow, checkpoints: [from] })
  }
}
