import type { AuditKey } from "@peering-desk/shared-schemas"
import type { Kysely, Transaction } from "kysely"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Secrets } from "#base/derived-keys.ts"
import { TextSealer } from "#base/text-sealer.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  addKey,
  findBrokenKey,
  findKeysOfLog,
  isConfirmed,
  readKeyRecords,
  type KeyRecord,
} from "./key-records.ts"
import { SigningKey } from "./signing-key.ts"

const purpose = "peering-desk audit signing key"

/** Returns true when the database has keys and the secrets open none: other servers use another `SESSION_SECRET`, or it was lost. */
export async function isSealedElsewhere(db: Kysely<Tables>, secrets: Secrets): Promise<boolean> {
  const sealer = new TextSealer(secrets, purpose)
  const sealed = (await readKeyRecords(db)).flatMap((record) => record.sealed || [])
  return sealed.length > 0 && sealed.every((text) => sealer.unseal(text) === null)
}

/**
 * The keys that sign the end of the audit log. Each private half lies in the database, sealed under a key that comes from
 * `SESSION_SECRET`, so all processes over one database have it and somebody with the database alone does not.
 */
export class AuditKeys {
  readonly #store: Store
  readonly #clock: Clock
  readonly #sealer: TextSealer
  readonly #newestSealer: TextSealer
  #secrets: Secrets
  #current: SigningKey | null = null

  /** @param secrets newest first: the first one seals, all open */
  constructor({ store, clock, secrets }: { store: Store; clock: Clock; secrets: Secrets }) {
    this.#store = store
    this.#clock = clock
    this.#secrets = secrets
    this.#sealer = new TextSealer(secrets, purpose)
    this.#newestSealer = new TextSealer([secrets[0]], purpose)
  }

  /** Uses other secrets from now on. The key is sealed under the new ones while the old ones can still open it. */
  async replaceSecrets(secrets: Secrets): Promise<void> {
    this.#sealer.replaceSecrets([...secrets, ...this.#secrets])
    this.#newestSealer.replaceSecrets([secrets[0]])
    await this.reencrypt()
    this.#sealer.replaceSecrets(secrets)
    this.#secrets = secrets
  }

  /**
   * Returns the key that signs now; null if no key can be opened.
   * @param usedId the key that signed last. Another process may have replaced the one that this process remembers.
   */
  async read(db: Kysely<Tables>, usedId: string | null): Promise<SigningKey | null> {
    return this.#current !== null && this.#current.id === usedId ? this.#current : await this.readStored(db)
  }

  /** Returns the newest key in the database that can be opened; null without one. */
  async readStored(db: Kysely<Tables>): Promise<SigningKey | null> {
    this.#current = this.#openNewest(await readKeyRecords(db))?.key ?? null
    return this.#current
  }

  /** Makes a new key, which takes over from the one that signs now. */
  async create(transaction: Transaction<Tables>, fromSequence: number): Promise<SigningKey> {
    const records = await readKeyRecords(transaction)
    const opened = this.#openNewest(records)
    const key = SigningKey.create()
    await addKey(transaction, {
      key,
      sealed: this.#sealer.seal(key.toPrivateText()),
      createdAt: this.#clock.now(),
      fromSequence,
      previous: opened?.record ?? records.at(-1) ?? null,
      previousKey: opened?.key ?? null,
    })
    return key
  }

  /** Seals the key under the newest secret, so that older ones may be dropped. */
  async reencrypt(): Promise<void> {
    await step(this.#store, async ({ transaction }) => {
      const opened = this.#openNewest(await readKeyRecords(transaction))
      if (opened === null || this.#newestSealer.unseal(opened.record.sealed) !== null) return
      await transaction
        .updateTable("audit_key")
        .set({ sealed: this.#sealer.seal(opened.key.toPrivateText()) })
        .where("id", "=", opened.key.id)
        .where("sealed", "=", opened.record.sealed)
        .execute()
    })
  }

  /** Returns the keys of this log, the oldest first. */
  async list(db: Kysely<Tables>): Promise<AuditKey[]> {
    const records = await readKeyRecords(db)
    const own = this.#openNewest(records)?.key ?? this.#current
    if (own === null) return []
    const keys = findKeysOfLog(records, own)
    return keys.map((record, index) => {
      const { id, publicKey, createdAt, fromSequence, previousId } = record
      const next = keys[index + 1]
      return {
        id,
        publicKey,
        createdAt: toInstant(createdAt),
        fromSequence,
        untilSequence: next === undefined ? null : next.fromSequence - 1,
        isConfirmed: previousId === null || isConfirmed(record, records),
      }
    })
  }

  /**
   * Returns the first row of a key whose predecessor is gone or was changed, or `since` when the key that signs now is gone; null when all
   * are there. Skips keys from before `since`.
   */
  async findBroken(db: Kysely<Tables>, since: number): Promise<number | null> {
    const records = await readKeyRecords(db)
    const current = this.#current
    if (current !== null && records.every(({ id }) => id !== current.id)) return since
    const own = this.#openNewest(records)?.key ?? null
    const broken = own === null ? null : findBrokenKey(records, own, since)
    return broken && broken.fromSequence
  }

  #openNewest(records: readonly KeyRecord[]): { key: SigningKey; record: KeyRecord } | null {
    for (const record of records.toReversed()) {
      const text = record.sealed === "" ? null : this.#sealer.unseal(record.sealed)
      if (text === null) continue
      const key = SigningKey.fromPrivateText(text)
      if (key.id === record.id && key.publicKey === record.publicKey) return { key, record }
    }
    return null
  }
}
