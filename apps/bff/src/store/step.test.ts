import { sql } from "kysely"
import { describe, expect, test, vi } from "vitest"
import { dialects, useDatabases } from "#test/support/database.ts"
import { holdHead } from "#test/support/hold-head.ts"
import { step } from "./step.ts"
import type { Store } from "./store.ts"

const token = { issuer: "https://issuer", expires_at: 1_768_478_400_000 }

const readHead = ({ db }: Store) => db.selectFrom("head").selectAll().executeTakeFirst()
const readTokens = async ({ db }: Store) =>
  (await db.selectFrom("logout_token").select("jti").orderBy("jti").execute()).map(({ jti }) => jti)

/** A step that stores a token named after its version. */
const addToken = (store: Store) =>
  step(store, async ({ transaction, head }) => {
    await transaction
      .insertInto("logout_token")
      .values({ ...token, jti: String(head.version) })
      .execute()
    return head.version
  })

describe.each(dialects)("a step over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("gets the next version, in the order of the commits, also from several processes at once", async () => {
    const database = await createDatabase()
    const stores = [await database.open(), await database.open()]
    const versions = await Promise.all(Array.from({ length: 30 }, (_, index) => addToken(stores[index % 2]!)))
    expect(versions.toSorted((one, other) => one - other)).toEqual(versions.map((_, index) => index + 1))
    expect(await readHead(stores[0]!)).toMatchObject({ version: 30 })
    expect(await readTokens(stores[1]!)).toHaveLength(30)
  })

  test("reads what the step before it wrote while it waited", async () => {
    const database = await createDatabase()
    const stores = [await database.open(), await database.open()]
    const found = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        step(stores[index % 2]!, async ({ transaction, head }) => {
          const rows = await transaction.selectFrom("logout_token").select("jti").execute()
          await transaction
            .insertInto("logout_token")
            .values({ ...token, jti: String(head.version) })
            .execute()
          return { version: head.version, rows: rows.length }
        }),
      ),
    )
    for (const { version, rows } of found) expect(rows).toBe(version - 1)
  })

  test("writes nothing and uses no version when its work fails", async () => {
    const store = await (await createDatabase()).open()
    const failing = step(store, async ({ transaction, head }) => {
      await transaction
        .insertInto("logout_token")
        .values({ ...token, jti: "lost" })
        .execute()
      head.auditEnd = { number: 1, hash: "lost", checkpoint: "lost" }
      throw new Error("changed our mind")
    })
    await expect(failing).rejects.toThrow("changed our mind")
    expect(await readTokens(store)).toEqual([])
    expect(await readHead(store)).toMatchObject({ version: 0, number: 0, checkpoint: "" })
    expect(await addToken(store)).toBe(1)
  })

  test("uses no version when it writes no row", async () => {
    const store = await (await createDatabase()).open()
    await addToken(store)
    await step(store, async ({ transaction }) => {
      await transaction.selectFrom("logout_token").selectAll().execute()
      await transaction.updateTable("logout_token").set({ jti: "2" }).where("jti", "=", "?").execute()
      await transaction.deleteFrom("logout_token").where("jti", "=", "?").returning("jti").execute()
      await sql`select jti from logout_token`.execute(transaction)
    })
    expect(await readHead(store)).toMatchObject({ version: 1 })
    await step(store, ({ transaction }) =>
      transaction.updateTable("logout_token").set({ jti: "2" }).returning("jti").execute(),
    )
    await step(store, ({ transaction }) => sql`update logout_token set jti = '3'`.execute(transaction))
    expect(await readHead(store)).toMatchObject({ version: 3 })
  })

  test("stores the end of the audit log only where it moves it", async () => {
    const store = await (await createDatabase()).open()
    const auditEnd = { number: 7, hash: "a-hash", checkpoint: "a-checkpoint" }
    await step(store, async ({ head }) => {
      head.auditEnd = auditEnd
      await Promise.resolve()
    })
    await addToken(store)
    expect(await readHead(store)).toMatchObject({ ...auditEnd, version: 2 })
  })

  test("never goes back in time", async () => {
    const database = await createDatabase()
    const store = await database.open()
    const readTime = () =>
      step(store, async ({ transaction, head }) => {
        await transaction
          .insertInto("logout_token")
          .values({ ...token, jti: String(head.version) })
          .execute()
        return head.at
      })
    const first = await readTime()
    await store.db
      .updateTable("head")
      .set({ at: first + 3_600_000 })
      .execute()
    expect(await readTime()).toBe(first + 3_600_000)
    expect(await readHead(store)).toMatchObject({ at: first + 3_600_000 })
  })

  test("puts a missing head back, without the number of an audit row", async () => {
    const database = await createDatabase()
    const stores = [await database.open(), await database.open()]
    await stores[0]!.db.deleteFrom("head").execute()
    const versions = await Promise.all(stores.map(addToken))
    expect(versions.toSorted((one, other) => one - other)).toEqual([1, 2])
    expect(await readHead(stores[0]!)).toMatchObject({ version: 2, number: null, hash: "", checkpoint: "" })
  })
})

describe("a step over PostgreSQL", () => {
  const createDatabase = useDatabases("postgres")

  /** Begins a step whose process hangs with the lock in its hand, so many times. */
  async function hang(times: number) {
    const database = await createDatabase()
    const [hanging, other] = [await database.open(), await database.open()]
    let wakeUp = () => {}
    let locked = 0
    const stopped = step(hanging, async ({ transaction, head }) => {
      await transaction
        .insertInto("logout_token")
        .values({ ...token, jti: "stopped" })
        .execute()
      locked += 1
      if (locked <= times) await new Promise<void>((resolve) => (wakeUp = resolve))
      return head.version
    })
    stopped.catch(() => undefined)
    const untilLocked = async (count: number) => await expect.poll(() => locked).toBe(count)
    await untilLocked(1)
    /** Waits until the database has ended the transaction, as a writer does that waits for the lock. */
    const wakeUpLate = async () => {
      await sql`select from head for update`.execute(other.db)
      wakeUp()
    }
    return { hanging, other, stopped, wakeUp: wakeUpLate, untilLocked }
  }

  test("loses the lock while its process hangs, and runs its work again after the others", async () => {
    const { hanging, other, stopped, wakeUp } = await hang(1)
    expect(await addToken(other)).toBe(1)
    await wakeUp()
    expect(await stopped).toBe(2)
    expect(await readTokens(other)).toEqual(["1", "stopped"])
    expect(await addToken(hanging)).toBe(3)
  })

  test("writes nothing when its process hangs again", async () => {
    const { hanging, other, stopped, wakeUp, untilLocked } = await hang(2)
    await wakeUp()
    await untilLocked(2)
    expect(await addToken(other)).toBe(1)
    await wakeUp()
    await expect(stopped).rejects.toMatchObject({ code: "store_unavailable" })
    expect(await readTokens(other)).toEqual(["1"])
    expect(await addToken(hanging)).toBe(2)
  })

  test("leaves connections for others while many steps of its process wait for the head", async () => {
    const database = await createDatabase()
    const [other, store] = [await database.open(), await database.open()]
    let steps: Promise<unknown> = Promise.resolve()
    await holdHead(other, async () => {
      let done = 0
      const waiting = Array.from({ length: 30 }, () => addToken(store).then(() => (done += 1)))
      steps = Promise.all(waiting)
      expect(await readTokens(store)).toEqual([])
      expect(done).toBe(0)
    })
    await steps
    expect(await readTokens(store)).toHaveLength(30)
  })

  test("is refused when the steps of its process that come first take too long, and writes nothing", async () => {
    const database = await createDatabase()
    const [other, store] = [await database.open(), await database.open()]
    let steps: Promise<PromiseSettledResult<number>[]> = Promise.resolve([])
    await holdHead(other, async () => {
      steps = Promise.allSettled(Array.from({ length: 4 }, () => addToken(store)))
      expect(await readTokens(store)).toEqual([])
      const now = performance.now()
      vi.spyOn(performance, "now").mockReturnValue(now + 10_001)
    })
    const [refused, ...done] = (await steps).toReversed()
    vi.restoreAllMocks()
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "store_unavailable" } })
    // Which of three connections comes first is PostgreSQL's choice.
    const inAnyOrder = [1, 2, 3].map((value) => ({ status: "fulfilled", value }))
    expect(new Set(done)).toEqual(new Set(inAnyOrder))
    expect(await readTokens(store)).toEqual(["1", "2", "3"])
  })

  test("leaves its time limits in no connection of the pool", async () => {
    const { db, ...store } = await (await createDatabase()).open()
    await addToken({ ...store, db })
    for (const name of ["lock_timeout", "idle_in_transaction_session_timeout"])
      expect((await sql`select current_setting(${name}) as value`.execute(db)).rows).toEqual([{ value: "0" }])
  })
})
