import { randomUUID } from "node:crypto"
import type { Kysely } from "kysely"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"

/** Calls of AWS in one minute, for one account and all processes. */
export const callsPerMinute = 10
const minuteMs = 60_000

interface Spent {
  id: string
  at: number
  calls: number
}

/** Calls that a process may make. */
export interface Allowance {
  calls: number
  /** Gives back what was not used. */
  settle: (used: number) => Promise<void>
}

/**
 * Reserves the calls that are left of an account's minute, in its row, which all processes share. The reservation of a process that dies
 * ends with the minute.
 * @param least reserves this many even when fewer are left
 * @returns null when none are left, or another process was quicker
 */
export async function reserveCalls(
  { db }: Pick<Store, "db">,
  { id, now, least = 0 }: { id: string; now: number; least?: number },
): Promise<Allowance | null> {
  const known = await readSpent(db, id)
  if (known === null) return null
  const recent = known.spent.filter(({ at }) => Math.abs(now - at) < minuteMs)
  const left = callsPerMinute - recent.reduce((sum, { calls }) => sum + calls, 0)
  const calls = Math.max(left, least)
  if (calls <= 0) return null
  const own = { id: randomUUID(), at: now, calls }
  if (!(await replace(db, id, known.text, [...recent, own]))) return null
  return { calls, settle: (used) => settle(db, id, { ...own, calls: used }) }
}

async function settle(db: Kysely<Tables>, id: string, own: Spent): Promise<void> {
  for (let isDone = false; !isDone;) {
    const known = await readSpent(db, id)
    if (known === null) return
    const others = known.spent.filter((one) => one.id !== own.id)
    isDone = await replace(db, id, known.text, own.calls === 0 ? others : [...others, own])
  }
}

async function readSpent(db: Kysely<Tables>, id: string): Promise<{ text: string; spent: Spent[] } | null> {
  const row = await db.selectFrom("cloud_account").select("calls").where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : { text: row.calls, spent: JSON.parse(row.calls) as Spent[] }
}

/** @returns false if another process changed it meanwhile */
async function replace(db: Kysely<Tables>, id: string, from: string, to: readonly Spent[]): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("cloud_account")
    .set({ calls: JSON.stringify(to) })
    .where("id", "=", id)
    .where("calls", "=", from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
