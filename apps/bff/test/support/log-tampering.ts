import fc from "fast-check"
import { sql } from "kysely"
import { eventColumns, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toRowHash } from "#audit/chain/row-hash.ts"
import { signCheckpoint } from "#audit/signing/checkpoint.ts"
import { addKey, readKeyRecords } from "#audit/signing/key-records.ts"
import { SigningKey } from "#audit/signing/signing-key.ts"
import type { Store } from "#store/store.ts"
import { readEnd, readEventRows } from "./audit-log.ts"

/** Everything below is done by somebody who has the database alone: no `SESSION_SECRET`. */
const mallory = SigningKey.create()

export async function dropTriggers({ db, dialect }: Store): Promise<void> {
  const on = dialect === "sqlite" ? sql`` : sql` on event`
  for (const change of ["update", "delete"])
    await sql`drop trigger if exists ${sql.id(`event_no_${change}`)}${on}`.execute(db)
}

export async function cutAfter({ db }: Store, sequence: number): Promise<void> {
  await db.deleteFrom("event").where("number", ">", sequence).execute()
}

async function insertRow({ db }: Store, row: StoredEvent): Promise<void> {
  await sql`insert into event (${sql.join(eventColumns.map((column) => sql.ref(column)))})
    values (${sql.join(eventColumns.map((column) => row[column]))})`.execute(db)
}

/** Gives a row another actor, and it and all after it the hashes that fit. */
export async function rewriteFrom(store: Store, sequence: number): Promise<void> {
  const rows = await readEventRows(store)
  let previous = rows[sequence - 2]?.hash ?? "0".repeat(64)
  await store.db.deleteFrom("event").where("number", ">=", sequence).execute()
  for (const row of rows.slice(sequence - 1)) {
    const changed = {
      ...row,
      previous_hash: previous,
      ...(row.number === sequence && { actor_name: "Mallory" }),
    }
    previous = toRowHash(changed)
    await insertRow(store, { ...changed, hash: previous })
  }
}

async function appendRow(store: Store): Promise<void> {
  const last = (await readEventRows(store)).at(-1)!
  const row = { ...last, number: last.number + 1, actor_name: "Mallory", previous_hash: last.hash }
  await insertRow(store, { ...row, hash: toRowHash(row) })
}

const ends = ["left", "deleted", "garbage", "of another row", "forged", "forged with a key"] as const

/** Changes the signed end; it may fit the rows, but no key of the log signed it. */
export async function tamperWithEnd(store: Store, how: (typeof ends)[number]): Promise<void> {
  const { db } = store
  const put = (checkpoint: string) => db.updateTable("head").set({ checkpoint }).execute()
  const end = { ...(await readEnd(store)), at: 1_768_478_400_000 }
  if (how === "deleted") await db.deleteFrom("head").execute()
  if (how === "garbage") await put("x")
  if (how === "of another row") {
    const stored = await db.selectFrom("head").select("checkpoint").executeTakeFirstOrThrow()
    await put(stored.checkpoint.replace(/\.\d+\./, `.${end.sequence + 1}.`))
  }
  if (how === "forged" || how === "forged with a key") await put(signCheckpoint(mallory, end))
  if (how !== "forged with a key") return
  const [previous = null] = await readKeyRecords(db)
  const facts = { sealed: "", createdAt: 1, fromSequence: end.sequence, previous, previousKey: null }
  await db.transaction().execute((transaction) => addKey(transaction, { key: mallory, ...facts }))
}

/** The number of rows of a log that `arbitraryTampering` changes, which has two keys. */
export const rowCount = 30

const row = fc.integer({ min: 2, max: rowCount - 1 })
const end = fc.constantFrom(...ends)
const badEnd = fc.constantFrom(...ends.slice(1))

export const arbitraryTampering = fc.oneof(
  fc.record({ act: fc.constantFrom("cut" as const, "rewrite" as const), row, end }),
  fc.record({ act: fc.constantFrom("change" as const, "take out" as const), row, end }),
  fc.record({ act: fc.constantFrom("end" as const), row: fc.constant(rowCount), end: badEnd }),
  fc.record({ act: fc.constantFrom("append" as const, "empty" as const, "wipe" as const), row, end }),
  fc.record({ act: fc.constantFrom("keys" as const, "old key" as const, "seal" as const), row, end }),
)
export type Tampering = typeof arbitraryTampering extends fc.Arbitrary<infer Value> ? Value : never

/** Draws the same acts again for the same seed. */
export function drawTamperings(numRuns: number, seed: number): Tampering[] {
  return fc.sample(arbitraryTampering, { numRuns, seed })
}

export async function tamper(store: Store, { act, row: sequence, end: how }: Tampering): Promise<void> {
  const { db } = store
  await dropTriggers(store)
  if (act === "cut") await cutAfter(store, sequence)
  if (act === "rewrite") await rewriteFrom(store, sequence)
  if (act === "change")
    await db.updateTable("event").set({ data: "x" }).where("number", "=", sequence).execute()
  if (act === "take out") await db.deleteFrom("event").where("number", "=", sequence).execute()
  if (act === "append") await appendRow(store)
  if (act === "empty" || act === "wipe") await cutAfter(store, 0)
  if (act === "wipe") await db.deleteFrom("head").execute()
  if (act === "wipe" || act === "keys") await db.deleteFrom("audit_key").execute()
  if (act === "old key") await db.deleteFrom("audit_key").where("sealed", "=", "").execute()
  if (act === "seal") await db.updateTable("audit_key").set({ sealed: "x" }).execute()
  if (act !== "wipe") await tamperWithEnd(store, how)
}
