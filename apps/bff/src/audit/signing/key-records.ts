import { sql, type Kysely, type Transaction } from "kysely"
import { readSafeTexts, toSafeTexts } from "#audit/chain/safe-texts.ts"
import type { Tables } from "#store/tables.ts"
import { isSignedBy, toKeyId, type SigningKey } from "./signing-key.ts"

/** A row of `audit_key`, which `AuditKeyTable` explains. */
export type KeyRecord = ReturnType<typeof toRecord>

const columns = [
  "id",
  "public_key",
  "sealed",
  "created_at",
  "from_sequence",
  "previous_id",
  "proof",
  "previous_proof",
]

/** Returns all keys, the oldest first, also rows that somebody tampered with. */
export async function readKeyRecords(db: Kysely<Tables>): Promise<KeyRecord[]> {
  const values = columns.map((column) => sql.ref(`audit_key.${column}`))
  const rows = await db.selectFrom("audit_key").select(toSafeTexts(db, values).as("texts")).execute()
  return rows
    .map(({ texts }) => toRecord(readSafeTexts(texts)))
    .sort((one, other) => one.fromSequence - other.fromSequence || one.createdAt - other.createdAt)
}

function toRecord(texts: (string | null)[]) {
  const [id, publicKey, sealed, createdAt, fromSequence, previousId, proof, previousProof] = texts
  return {
    id: id ?? "",
    publicKey: publicKey ?? "",
    sealed: sealed ?? "",
    createdAt: Number(createdAt),
    fromSequence: Number(fromSequence),
    previousId: previousId ?? null,
    proof: proof ?? "",
    previousProof: previousProof ?? null,
  }
}

/** Adds a key that the one before signs too, if it could be opened; the private half of that one is then destroyed. */
export async function addKey(
  transaction: Transaction<Tables>,
  {
    key,
    sealed,
    createdAt,
    fromSequence,
    previous,
    previousKey,
  }: Pick<KeyRecord, "sealed" | "createdAt" | "fromSequence"> & {
    key: SigningKey
    previous: KeyRecord | null
    previousKey: SigningKey | null
  },
): Promise<void> {
  const statement = toStatement({ publicKey: key.publicKey, createdAt, fromSequence }, previous)
  await transaction
    .insertInto("audit_key")
    .values({
      id: key.id,
      public_key: key.publicKey,
      sealed,
      created_at: createdAt,
      from_sequence: fromSequence,
      previous_id: previous?.id ?? null,
      proof: key.sign(statement),
      previous_proof: previousKey?.sign(statement) ?? null,
    })
    .execute()
  if (previousKey !== null)
    await transaction.updateTable("audit_key").set({ sealed: "" }).where("id", "=", previousKey.id).execute()
}

/** The text that a key and the one before sign when one takes over. */
function toStatement(
  { publicKey, createdAt, fromSequence }: Pick<KeyRecord, "publicKey" | "createdAt" | "fromSequence">,
  previous: KeyRecord | null,
): string {
  return `audit-key-1.${publicKey}.${createdAt}.${fromSequence}.${previous?.publicKey ?? "none"}`
}

/** Returns true if the key before signed that this one takes over. */
export function isConfirmed(record: KeyRecord, records: readonly KeyRecord[]): boolean {
  const previous = records.find(({ id }) => id === record.previousId)
  if (previous === undefined || record.previousProof === null) return false
  return isSignedBy(previous.publicKey, toStatement(record, previous), record.previousProof)
}

/**
 * Finds a key whose predecessor is gone, was changed, or did not confirm it. Null without one.
 * @param since first row of the segment; keys of earlier rows are skipped
 */
export function findBrokenKey(
  records: readonly KeyRecord[],
  own: SigningKey,
  since: number,
): KeyRecord | null {
  let record = records.find(({ id }) => id === own.id)
  while (record !== undefined && (since === 1 || record.fromSequence > since)) {
    const { previousId, publicKey, proof } = record
    const previous = records.find(({ id }) => id === previousId)
    const isWhole =
      previousId === null
        ? isSignedBy(publicKey, toStatement(record, null), proof)
        : previous !== undefined &&
          previous.id === toKeyId(previous.publicKey) &&
          isSignedBy(publicKey, toStatement(record, previous), proof) &&
          isConfirmed(record, records)
    if (!isWhole) return record
    record = previous
  }
  return null
}

/**
 * Returns the keys of this log: our own, and each that one of them vouches for. A key vouches for the one before it, and for the one
 * after if it could be opened then. So a key that somebody else wrote into the database does not count.
 */
export function findKeysOfLog(records: readonly KeyRecord[], own: SigningKey): KeyRecord[] {
  const found = new Set([own.id])
  const genuine = records.filter(({ id, publicKey }) => id === toKeyId(publicKey))
  for (let size = 0; size < found.size;) {
    size = found.size
    for (const record of genuine) {
      const previous = genuine.find(({ id }) => id === record.previousId)
      if (previous === undefined) continue
      const statement = toStatement(record, previous)
      if (found.has(record.id) && isSignedBy(record.publicKey, statement, record.proof))
        found.add(previous.id)
      if (found.has(previous.id) && isConfirmed(record, genuine)) found.add(record.id)
    }
  }
  return genuine.filter(({ id }) => found.has(id))
}
