import { sql, type Kysely, type Transaction } from "kysely"
import { readSafeTexts, toSafeTexts } from "#audit/chain/safe-texts.ts"
import type { ChainEnd } from "#audit/chain/row-hash.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { AuditKeys } from "./audit-keys.ts"
import {
  isCheckpointOf,
  parseCheckpoint,
  signCheckpoint,
  type AuditCheckpoint,
  type SignedText,
} from "./checkpoint.ts"
import type { SigningKey } from "./signing-key.ts"

/** The end of the log as the database has it. */
interface EndInStore {
  /** Null when it is missing, or not signed by the key that signs now. */
  signed: AuditCheckpoint | null
  /** Null if no key can be opened. */
  key: SigningKey | null
  /** Number of the last row, also of one that somebody else wrote; 0 without rows. */
  lastSequence: number
  /** A sentence if the database is behind what this process wrote or read before, or has no signed end though it has a key. */
  flaw: string | null
}

/**
 * The end of the audit log: in the database, signed, renewed in the transaction of each row, and in the memory of this process. Rows that
 * are removed from the end, or added by others, disagree with the first. A whole database that is put back disagrees with the second.
 */
export class SignedEnd {
  readonly #store: Store
  readonly #clock: Clock
  readonly #keys: AuditKeys
  #known: AuditCheckpoint | null = null
  #knownText: string | null = null
  #knownSince: { sequence: number; at: number } | null = null

  constructor({ store, clock, keys }: { store: Store; clock: Clock; keys: AuditKeys }) {
    this.#store = store
    this.#clock = clock
    this.#keys = keys
  }

  /** The furthest end that this process wrote, or read with a valid signature. */
  get known(): AuditCheckpoint | null {
    return this.#known
  }

  /** The first of them, and when that was. */
  get knownSince(): { sequence: number; at: number } | null {
    return this.#knownSince
  }

  async read(db: Kysely<Tables> = this.#store.db): Promise<EndInStore> {
    // What is written from here on may be missing in the answer.
    const known = this.#known
    let [text, last] = await this.#readTexts(db)
    let parsed = parseCheckpoint(text)
    let key = await this.#keys.read(db, parsed?.keyId ?? null)
    if (parsed?.keyId !== key?.id) {
      // Another process may have rotated the key between the two reads.
      ;[text, last] = await this.#readTexts(db)
      parsed = parseCheckpoint(text)
      key = await this.#keys.read(db, parsed?.keyId ?? null)
    }
    const isOurs =
      parsed !== null &&
      parsed.keyId === key?.id &&
      (text === this.#knownText || isCheckpointOf(key.publicKey, parsed))
    const signed = isOurs && parsed !== null ? parsed.checkpoint : null
    const flaw = key === null && known === null ? null : findFlaw(signed, known)
    if (signed !== null && flaw === null) this.remember({ checkpoint: signed, text })
    const lastSequence = Math.floor(Number(last))
    return { signed, key, lastSequence: Number.isSafeInteger(lastSequence) ? lastSequence : 0, flaw }
  }

  /** Reads the stored checkpoint, or an empty text, and the number of the last row. */
  async #readTexts(db: Kysely<Tables>): Promise<[string, string | null]> {
    const texts = toSafeTexts(this.#store, [
      sql`(select checkpoint from audit_end where id = 1)`,
      sql`(select max(sequence) from audit_row)`,
    ])
    const { end } = await db.selectNoFrom(texts.as("end")).executeTakeFirstOrThrow()
    const [text = null, last = null] = readSafeTexts(end)
    return [text ?? "", last]
  }

  /** Returns the signed end as a text that can be kept elsewhere; null if there is no valid one. */
  async readText(): Promise<string | null> {
    const { signed, key } = await this.read()
    return signed === null || key === null ? null : signCheckpoint(key, signed)
  }

  /** Signs the end after a row, in its transaction; `remember` it once that is committed. */
  async write(transaction: Transaction<Tables>, key: SigningKey, end: ChainEnd): Promise<SignedText> {
    const checkpoint = { ...end, at: this.#clock.now() }
    const text = signCheckpoint(key, checkpoint)
    await transaction
      .insertInto("audit_end")
      .values({ id: 1, checkpoint: text })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ checkpoint: text }))
      .execute()
    return { checkpoint, text }
  }

  remember({ checkpoint, text }: SignedText): void {
    this.#knownSince ??= { sequence: checkpoint.sequence, at: this.#clock.now() }
    if (this.#known !== null && this.#known.sequence > checkpoint.sequence) return
    this.#known = checkpoint
    this.#knownText = text
  }
}

function findFlaw(signed: AuditCheckpoint | null, known: AuditCheckpoint | null): string | null {
  if (signed === null) return "The signed end of the audit log was missing, or not signed by its key."
  if (known === null || known.sequence <= signed.sequence) return null
  return `An older copy of the database was put back: it ended at entry ${signed.sequence}, and entry ${known.sequence} was written at ${toInstant(known.at)}.`
}
