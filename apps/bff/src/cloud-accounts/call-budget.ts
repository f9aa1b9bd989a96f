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
 * @returns null when none are left
 */
export async function reserveCalls(
  { db }: Pick<Store, "db">,
  { id, now, least = 0 }: { id: string; now: number; least?: number },
): Promise<Allowance | null> {
  const own = { id: randomUUID(), at: now, calls: 0 }
  const isReserved = await changeSpent(db, id, (spent) => {
    const recent = spent.filter(({ at }) => Math.abs(now - at) < minuteMs)
    const left = callsPerMinute - recent.reduce((sum, { calls }) => sum + calls, 0)
    own.calls = Math.max(left, least)
    return own.calls > 0 ? [...recent, own] : null
  })
  if (!isReserved) return null
  const settle = async (used: number) => {
    const rest = used === 0 ? [] : [{ ...own, calls: used }]
    await changeSpent(db, id, (spent) => [...spent.filter((one) => one.id !== own.id), ...rest])
  }
  return { calls: own.calls, settle }
}

/**
 * Changes the calls of an account's row, once more whenever another process was quicker.
 * @returns false if `change` returned null, or the account is gone
 */
async function changeSpent(
  db: Kysely<Tables>,
  id: string,
  change: (spent: Spent[]) => Spent[] | null,
): Promise<boolean> {
  for (let wasTooLate = true; wasTooLate;) {
    const row = await db.selectFrom("cloud_account").select("calls").where("id", "=", id).executeTakeFirst()
    const changed = row === undefined ? null : change(JSON.parse(row.calls) as Spent[])
    if (row === undefined || changed === null) return false
    const { numUpdatedRows } = await db
      .updateTable("cloud_account")
      .set({ calls: JSON.stringify(changed) })
      .where("id", "=", id)
      .where("calls", "=", row.calls)
      .executeTakeFirst()
    wasTooLate = numUpdatedRows === 0n
  }
  return true
}
