import type { Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { StoredAuditRow } from "#audit/chain/audit-rows.ts"
import { toRewritten } from "#audit/chain/chain-flaw.ts"
import { chainStart, toRowHash, type ChainEnd } from "#audit/chain/row-hash.ts"
import { AuditKeys } from "#audit/signing/audit-keys.ts"
import type { SignedText } from "#audit/signing/checkpoint.ts"
import { SignedEnd, type EndInStore } from "#audit/signing/signed-end.ts"
import type { Step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { AuditEvent } from "./audit-events.ts"
import { computeDigest, toFlawDetail } from "./flaw-rows.ts"
import { toEventContent, type RowContent } from "./row-content.ts"
import { verifyLog, type LogVerification } from "./verify-log.ts"

export interface ChainWriterDeps {
  store: Store
  clock: Clock
  /** Seal the private halves of the signing keys; newest first. */
  secrets: readonly [string, ...string[]]
}

type By = Pick<AuditEvent, "actor" | "address">

interface AppendOptions {
  found: EndInStore
  verified?: LogVerification | null
  rotatedBy?: By | null
}

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

  /** Verifies the whole log in a step. */
  async verify(transaction: Transaction<Tables>): Promise<LogVerification> {
    return await verifyLog({ store: this.#within(transaction), signedEnd: this.end })
  }

  /**
   * Adds rows in a step. Once it is committed, `end.remember` is to be called.
   * Where the log is flawed, they begin a new segment, whose first row records the flaw.
   * @param found the end before the caller changed anything
   * @param verified what `verify` found in this transaction; otherwise only the end is compared
   * @param rotatedBy makes a new key first, for that actor
   * @returns all rows, and those of the given contents: rows about keys and flaws come before
   */
  async append(
    { transaction, head }: Step,
    contents: readonly RowContent[],
    { found, verified = null, rotatedBy = null }: AppendOptions,
  ): Promise<{ rows: StoredAuditRow[]; own: StoredAuditRow[]; end: SignedText }> {
    const { last, nextSequence, since, key, events } = await this.#prepare(transaction, {
      found,
      verified,
      rotatedBy,
    })
    const rows: StoredAuditRow[] = []
    let end = last
    for (const content of [...events.map(toEventContent), ...contents]) {
      const sequence = nextSequence + rows.length
      const row = { ...content, sequence, at: this.#clock.now(), previous_hash: end.hash }
      end = { sequence, hash: toRowHash(row) }
      rows.push({ ...row, hash: end.hash })
    }
    for (const row of rows) await transaction.insertInto("audit_row").values(row).execute()
    const signed = this.end.sign(key, { ...end, since })
    head.auditEnd = { number: end.sequence, hash: end.hash, checkpoint: signed.text }
    return { rows, own: rows.slice(events.length), end: signed }
  }

  /** Returns the end to add to and the key to sign with, and events about what was found there. */
  async #prepare(transaction: Transaction<Tables>, { found, verified, rotatedBy }: Required<AppendOptions>) {
    const isFlawed = found.flaw !== null || (verified?.unrecorded ?? null) !== null
    const furthest = Math.max(found.last.sequence, found.signed?.sequence ?? 0, this.end.known?.sequence ?? 0)
    // Row 1 begins a whole log, so a segment begins later.
    const nextSequence = Math.max(furthest, isFlawed ? 1 : 0) + 1
    const events: AuditEvent[] = []
    if (isFlawed) events.push(await this.#describeFlaw(transaction, found, verified, nextSequence))
    const place = {
      last: isFlawed ? toLink(found.last) : (found.signed ?? chainStart),
      nextSequence,
      since: isFlawed ? nextSequence : (found.signed?.since ?? 1),
      events,
    }
    if (found.key !== null && rotatedBy === null) return { ...place, key: found.key }
    const key = await this.keys.create(transaction, nextSequence)
    // The first key of an empty log signs from row 1 on, which needs no mention.
    if (found.last.sequence > 0 || rotatedBy !== null)
      events.push({
        ...(rotatedBy ?? itself),
        action: "audit-key-created",
        detail: { key: key.id, publicKey: key.publicKey, why: rotatedBy === null ? whyFirst : whyRotated },
      })
    return { ...place, key }
  }

  async #describeFlaw(
    transaction: Transaction<Tables>,
    found: EndInStore,
    verified: LogVerification | null,
    nextSequence: number,
  ): Promise<AuditEvent> {
    const { unrecorded, since, end } = verified ?? (await this.verify(transaction))
    const flaw = unrecorded ?? { flaw: found.flaw ?? toRewritten(end.sequence), segment: since, chained: end }
    const digest = await computeDigest(this.#within(transaction), flaw, nextSequence)
    return { ...itself, action: "audit-flaw-found", detail: toFlawDetail(flaw, digest, found.text) }
  }

  #within(transaction: Transaction<Tables>): Store {
    return { ...this.#store, db: transaction }
  }
}

/** A new segment links to the last row as it is stored, if its hash can be one. */
function toLink({ sequence, hash }: ChainEnd): ChainEnd {
  return { sequence, hash: /^[0-9a-f]{64}$/.test(hash) ? hash : chainStart.hash }
}
