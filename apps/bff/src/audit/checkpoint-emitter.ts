import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { readAuditRow, readLastRow } from "./audit-rows.ts"
import { readChainPages } from "./chain-pages.ts"
import { verifyChain } from "./hash-chain.ts"
import { toRowHash, type ChainEnd } from "./row-hash.ts"
import type { AuditHead, CheckpointSigner } from "./checkpoint.ts"

const emitEveryMs = 60_000

/**
 * Writes the signed end of the trail to the log each minute. Before it signs it checks what was added since its last head, and that
 * head itself; when they don't hold it says so, each minute, and signs nothing any more.
 */
export class CheckpointEmitter {
  readonly #parts: { store: Store; signer: CheckpointSigner; clock: Clock; logger: Logger }
  #newest: AuditHead | null = null
  #cancel: () => void = () => undefined
  #stopped = false

  constructor(parts: { store: Store; signer: CheckpointSigner; clock: Clock; logger: Logger }) {
    this.#parts = parts
  }

  /** The last one that was emitted; null before the first row. */
  get newest(): AuditHead | null {
    return this.#newest
  }

  start(): void {
    void this.emit().finally(() => {
      if (!this.#stopped) this.#cancel = this.#parts.clock.after(emitEveryMs, () => this.start())
    })
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  /** Emits one now. Never rejects: what fails is logged. */
  async emit(): Promise<void> {
    const { store, signer, clock, logger } = this.#parts
    try {
      const from = this.#newest ?? (await readLastRow(store))
      if (from === null) return
      const { end, flaw } = await this.#verifySince(from)
      if (flaw !== null) {
        logger.error({ flaw }, "the audit trail is not as it was written")
        return
      }
      this.#newest = { ...end, at: clock.now() }
      logger.info({ auditHead: signer.sign(this.#newest) }, "signed end of the audit trail")
    } catch (thrown) {
      logger.error({ err: thrown }, "the end of the audit trail could not be signed")
    }
  }

  async #verifySince(from: ChainEnd): ReturnType<typeof verifyChain> {
    const { store } = this.#parts
    const readRow = (sequence: number) => readAuditRow(store, sequence)
    const signed = await readRow(from.sequence)
    const added = await verifyChain({
      pages: readChainPages(store, (query) => query.where("sequence", ">", from.sequence)),
      readRow,
      from,
    })
    const holds = signed !== null && signed.hash === from.hash && toRowHash(signed) === from.hash
    if (holds && added.flaw === null) return added
    // Which row it is, only the whole trail tells.
    return await verifyChain({ pages: readChainPages(store), readRow, heads: [from] })
  }
}
