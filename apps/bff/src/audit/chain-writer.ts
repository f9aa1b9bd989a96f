import type { Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import { readChainEnd, type StoredAuditRow } from "#audit/chain/audit-rows.ts"
import { chainStart, toRowHash, type ChainEnd } from "#audit/chain/row-hash.ts"
import { AuditKeys } from "#audit/signing/audit-keys.ts"
import type { SignedText } from "#audit/signing/checkpoint.ts"
import { SignedEnd } from "#audit/signing/signed-end.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { AuditEvent } from "./audit-events.ts"
import { toEventContent, type RowContent } from "./row-content.ts"

export interface ChainWriterDeps {
  store: Store
  clock: Clock
  /** Seal the private halves of the signing keys; newest first. */
  secrets: readonly [string, ...string[]]
}

type By = Pick<AuditEvent, "actor" | "address">

/** The actor of the server itself. */
const itself: By = { actor: null, address: null }
const whyRotated = "Rotated."
const whyFirst =
  "There was no signing key that SESSION_SECRET opens. Entries before this one are as they were found."

/** Adds rows to the end of the chain and signs it. */
export class ChainWriter {
  readonly keys: AuditKeys
  readonly end: SignedEnd
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock, secrets }: ChainWriterDeps) {
    this.#store = store
    this.#clock = clock
    this.keys = new AuditKeys({ store, clock, secrets })
    this.end = new SignedEnd({ store, clock, keys: this.keys })
  }

  /**
   * Adds rows in a transaction under the lock of the audit log. Once it is committed, `end.remember` is to be called.
   * @param rotatedBy makes a new key first, for that actor
   * @returns all rows, and those of the given contents: rows about keys and flaws come before
   */
  async append(
    transaction: Transaction<Tables>,
    contents: readonly RowContent[],
    rotatedBy: By | null = null,
  ): Promise<{ rows: StoredAuditRow[]; own: StoredAuditRow[]; end: SignedText }> {
    const { last, nextSequence, key, events } = await this.#prepare(transaction, rotatedBy)
    const rows: StoredAuditRow[] = []
    let end = last
    for (const content of [...events.map(toEventContent), ...contents]) {
      const sequence = nextSequence + rows.length
      const row = { ...content, sequence, at: this.#clock.now(), previous_hash: end.hash }
      end = { sequence, hash: toRowHash(row) }
      rows.push({ ...row, hash: end.hash })
    }
    for (const row of rows) await transaction.insertInto("audit_row").values(row).execute()
    return { rows, own: rows.slice(events.length), end: await this.end.write(transaction, key, end) }
  }

  /** Returns the end to add to and the key to sign with, and events about what was found there. */
  async #prepare(transaction: Transaction<Tables>, rotatedBy: By | null) {
    const found = await this.end.read(transaction)
    // After a flaw, what this process remembers is further than what it found.
    const last: ChainEnd =
      (found.flaw === null ? found.signed : this.end.known) ??
      (await readChainEnd(this.#store, transaction)) ??
      chainStart
    const nextSequence = Math.max(last.sequence, found.lastSequence) + 1
    const events: AuditEvent[] = []
    if (found.flaw !== null)
      events.push({ ...itself, action: "audit-flaw-found", detail: { why: found.flaw } })
    if (found.key !== null && rotatedBy === null) return { last, nextSequence, key: found.key, events }
    const key = await this.keys.create(transaction, nextSequence)
    // The first key of an empty log signs from row 1 on, which needs no mention.
    if (found.lastSequence > 0 || rotatedBy !== null)
      events.push({
        ...(rotatedBy ?? itself),
        action: "audit-key-created",
        detail: { key: key.id, publicKey: key.publicKey, why: rotatedBy === null ? whyFirst : whyRotated },
      })
    return { last, nextSequence, key, events }
  }
}
