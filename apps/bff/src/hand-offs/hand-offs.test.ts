import { beforeEach, describe, expect, test } from "vitest"
import { HandOffs } from "./hand-offs.ts"
import type { Store } from "#store/store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const of = { projectId: "5fbcdf7ad0cdd06f36a1d66e", peeringId: "p-1" }
const handOff = {
  ...of,
  id: "a-random-id",
  providerName: "AWS" as const,
  madeFor: null,
  madeByEmail: null,
  madeBy: "Nadia",
  madeAt: 0,
  expiresAt: dayMs,
}

describe.each(dialects)("HandOffs over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let handOffs: HandOffs

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    handOffs = new HandOffs(store)
  })

  test("lets one of many concurrent reads begin a visit, over several processes", async () => {
    await handOffs.add(handOff)
    const processes = [handOffs, new HandOffs(await database.open()), new HandOffs(await database.open())]
    const open = async (one: HandOffs, now: number) => {
      const found = await one.find(handOff.id)
      if (found !== null && one.beginsVisit(found, now)) return await one.noteVisit(handOff.id, now)
      await one.noteRead(handOff.id, now)
      return false
    }
    const openAt = async (now: number) => {
      const begun = await Promise.all([...processes, ...processes, ...processes].map((one) => open(one, now)))
      return begun.filter(Boolean).length
    }
    expect(await openAt(0)).toBe(1)
    expect(await openAt(9 * minuteMs)).toBe(0)
    expect(await openAt(18 * minuteMs)).toBe(0)
    expect(await openAt(28 * minuteMs)).toBe(1)
    expect(await handOffs.find(handOff.id)).toMatchObject({ openedCount: 2, lastOpenedAt: 28 * minuteMs })
  })

  test("begins a visit after one that was stored while the clock was a day ahead", async () => {
    await handOffs.add(handOff)
    expect(await handOffs.noteVisit(handOff.id, dayMs)).toBe(true)
    const kept = await handOffs.find(handOff.id)
    expect(handOffs.beginsVisit(kept!, 0)).toBe(true)
    expect(await handOffs.noteVisit(handOff.id, 0)).toBe(true)
    expect(await handOffs.find(handOff.id)).toMatchObject({ openedCount: 2, lastOpenedAt: 0 })
  })

  test("counts every press, revokes once, and removes a link 90 days after its end", async () => {
    await handOffs.add(handOff)
    await Promise.all(Array.from({ length: 5 }, (_, index) => handOffs.notePressed(handOff.id, index)))
    const revoked = [await handOffs.revoke(handOff.id, { by: "Nadia", at: 7 })]
    revoked.push(await handOffs.revoke(handOff.id, { by: "Olivia", at: 8 }))
    expect(revoked).toEqual([true, false])
    expect(await handOffs.of(of)).toMatchObject([{ pressedCount: 5, revokedBy: "Nadia", revokedAt: 7 }])
    expect(await handOffs.of({ ...of, peeringId: "p-2" })).toEqual([])
    await sweepStore(store, 91 * dayMs - 1)
    expect(await handOffs.find(handOff.id)).not.toBe(null)
    await sweepStore(store, 91 * dayMs)
    expect(await handOffs.find(handOff.id)).toBe(null)
  })
})
