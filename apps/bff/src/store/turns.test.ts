import { setImmediate } from "node:timers/promises"
import { expect, test } from "vitest"
import { useDatabases } from "#test/support/database.ts"

const createDatabase = useDatabases("sqlite")
const callers = 200

test("an SQLite store lets the event loop turn while many callers wait for it", async () => {
  const { db } = await (await createDatabase()).open()
  let answered = 0
  const reads = Array.from({ length: callers }, async () => {
    await db.selectFrom("session").select("id_hash").execute()
    answered += 1
  })
  let turns = 0
  const all = Promise.all(reads)
  while (answered < callers) {
    await setImmediate()
    turns += 1
  }
  await all
  expect(turns).toBeGreaterThan(callers / 2)
})

test("an SQLite store that is closed serves who asked before, and refuses who asks later", async () => {
  const { db } = await (await createDatabase()).open()
  const read = () => db.selectFrom("session").select("id_hash").execute()
  const before = Array.from({ length: 5 }, read)
  const closing = db.destroy()
  const during = Promise.allSettled(Array.from({ length: 5 }, read))
  expect(await Promise.all(before)).toEqual([[], [], [], [], []])
  await Promise.all([closing, during])
  await expect(read()).rejects.toThrow(/destroyed/)
})

test("an SQLite store serves callers in the order they asked", async () => {
  const { db } = await (await createDatabase()).open()
  const served: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, async (_, caller) => {
      await db.transaction().execute(async (transaction) => {
        await transaction.selectFrom("session").select("id_hash").execute()
        served.push(caller)
      })
    }),
  )
  expect(served).toEqual(served.toSorted((one, other) => one - other))
})
