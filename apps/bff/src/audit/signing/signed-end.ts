import { sql, type Kysely } from "kysely"
import { toAppended, toRewritten, toTruncated } from "#audit/chain/chain-flaw.ts"
import { readSafeTexts, toSafeTexts } from "#audit/chain/safe-texts.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "#audit/chain/row-hash.ts"
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
export interface EndInStore {
  /** Null when it is missing, or not signed by the key that signs now. */
  signed: AuditCheckpoint | null
  /** The stored text, which may be anything; empty without one. */
  text: string
  /** Null if no key can be opened. */
  key: SigningKey | null
  /** The last row, also one that somebody else wrote; `chainStart` without rows. */
  last: ChainEnd
  /** Null if the signed end is that of the last row, and what this process knew before is still there; or if nothing was ever written. */
  flaw: ChainFlaw | null
}

/** The texts that one statement reads, so that rows and end are of one moment. */
interface EndTexts {
  text: string
  /** The end that the head names; null where the head is missing, or was. */
  head: ChainEnd | null
  last: ChainEnd
  /** The hash of the row that this process knew last. */
  knownHash: string | null
  hasKeys: boolean
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
    let found = await this.#readTexts(db, known)
    let parsed = parseCheckpoint(found.text)
    let key = await this.#keys.read(db, parsed?.keyId ?? null)
    if (parsed?.keyId !== key?.id) {
      // Another process may have rotated the key between the two reads.
      found = await this.#readTexts(db, known)
      parsed = parseCheckpoint(found.text)
      key = await this.#keys.read(db, parsed?.keyId ?? null)
    }
    const { text, last } = found
    const isOurs =
      parsed !== null &&
      parsed.keyId === key?.id &&
      (text === this.#knownText || isCheckpointOf(key.publicKey, parsed))
    const signed = isOurs && parsed !== null ? parsed.checkpoint : null
    const isNew = signed === null && (await this.#isNew(db, found))
    const flaw = isNew ? null : findEndFlaw({ ...found, signed, known })
    if (signed !== null && flaw === null) this.remember({ checkpoint: signed, text })
    return { signed, text, key, last, flaw }
  }

  /** Finds a key of the log whose predecessor is gone or was changed. */
  async findKeyFlaw(db: Kysely<Tables>, since: number): Promise<ChainFlaw | null> {
    const sequence = await this.#keys.findBroken(db, since)
    const sentence = `The signing key from before row ${sequence} is missing, or was changed.`
    return sequence === null ? null : { sequence, kind: "key-missing", sentence }
  }

  async #readTexts(db: Kysely<Tables>, known: AuditCheckpoint | null): Promise<EndTexts> {
    const lastSequence = sql`(select max(number) from event)`
    const texts = toSafeTexts(db, [
      sql`(select checkpoint from head where id = 1)`,
      sql`(select number from head where id = 1)`,
      sql`(select hash from head where id = 1)`,
      lastSequence,
      sql`(select hash from event where number = ${lastSequence})`,
      sql`(select hash from event where number = ${known?.sequence ?? 0})`,
      sql`(select count(*) from audit_key)`,
    ])
    const { end } = await db.selectNoFrom(texts.as("end")).executeTakeFirstOrThrow()
    const [text, headNumber, headHash, sequence, hash, knownHash, keys] = readSafeTexts(end)
    const number = Math.floor(Number(sequence))
    return {
      text: text ?? "",
      head: headNumber == null ? null : { sequence: Number(headNumber), hash: headHash ?? "" },
      last:
        sequence == null
          ? chainStart
          : { sequence: Number.isSafeInteger(number) ? number : 0, hash: hash ?? "" },
      knownHash: knownHash ?? null,
      hasKeys: Number(keys) > 0,
    }
  }

  /** Returns true if nothing was ever written: no row, no key, a head without an end, and nothing elsewhere that only follows a row. */
  async #isNew(db: Kysely<Tables>, { text, head, last, hasKeys }: EndTexts): Promise<boolean> {
    if (text !== "" || head?.sequence !== 0 || hasKeys || last !== chainStart || this.#known !== null)
      return false
    const later = await sql<{ one: number }>`
      select 1 as one from session where user_key is not null
      union all select 1 from change where attempt_sequence is not null
      union all select 1 from api_token
      limit 1`.execute(db)
    return later.rows.length === 0
  }

  /** Returns the signed end as a text that can be kept elsewhere; null if there is no valid one. */
  async readText(): Promise<string | null> {
    const { signed, key } = await this.read()
    return signed === null || key === null ? null : signCheckpoint(key, signed)
  }

  /** Signs the end after a row. The head gets it in the step of that row; `remember` it once that is committed. */
  sign(key: SigningKey, end: ChainEnd & { since: number }): SignedText {
    const checkpoint = { ...end, at: this.#clock.now() }
    return { checkpoint, text: signCheckpoint(key, checkpoint) }
  }

  remember({ checkpoint, text }: SignedText): void {
    this.#knownSince ??= { sequence: checkpoint.sequence, at: this.#clock.now() }
    if (this.#known !== null && this.#known.sequence > checkpoint.sequence) return
    this.#known = checkpoint
    this.#knownText = text
  }
}

/** Compares the signed end with the last row, and both with what this process knew before. Null if all fit. */
function findEndFlaw({
  signed,
  known,
  head,
  last,
  knownHash,
}: EndTexts & { signed: AuditCheckpoint | null; known: AuditCheckpoint | null }): ChainFlaw | null {
  const isKnownThere = known !== null && knownHash === known.hash
  if (signed === null)
    return {
      // Of the rows, only the memory of this process proves any.
      sequence: isKnownThere ? known.sequence + 1 : 1,
      kind: "unsigned",
      sentence:
        "The signed end of the audit log was missing, or not signed by its key. A server with another SESSION_SECRET does that too.",
    }
  if (known !== null && known.sequence > signed.sequence)
    return {
      sequence: signed.sequence + 1,
      kind: "restored",
      sentence: `An older copy of the database was put back: it ended at entry ${signed.sequence}, and entry ${known.sequence} was written at ${toInstant(known.at)}.`,
    }
  // A row before a new segment is part of what the segment's first row records.
  if (known !== null && !isKnownThere && signed.since <= known.sequence) return toRewritten(known.sequence)
  if (last.sequence < signed.sequence) return toTruncated(last.sequence, signed.sequence)
  if (last.sequence > signed.sequence) return toAppended(signed.sequence + 1)
  if (last.hash !== signed.hash) return toRewritten(signed.sequence)
  if (head !== null && head.sequence > last.sequence) return toTruncated(last.sequence, head.sequence)
  if (head?.sequence === last.sequence && head.hash === last.hash) return null
  const sentence = "The head of the database does not name the last row of the audit log."
  return { sequence: last.sequence + 1, kind: "unsigned", sentence }
}
