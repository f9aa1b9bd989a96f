import { sql } from "kysely"
import { describe, expect, test } from "vitest"
import { dialects, useDatabases } from "#test/support/database.ts"
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

  test("loses the lock while its process hangs, and can't commit", async () => {
    const database = await createDatabase()
    const [hanging, other] = [await database.open(), await database.open()]
    let wakeUp = () => {}
    const asleep = new Promise<void>((resolve) => (wakeUp = resolve))
    let isLocked = () => {}
    const locked = new Promise<void>((resolve) => (isLocked = resolve))
    const stopped = step(hanging, async ({ transaction }) => {
      await transaction
        .insertInto("logout_token")
        .values({ ...token, jti: "stopped" })
        .execute()
      isLocked()
      await asleep
    })
    const refusal = stopped.catch((thrown: unknown) => thrown)
    await locked
    expect(await addToken(other)).toBe(1)
    wakeUp()
    expect(await refusal).toMatchObject({ code: "store_unavailable" })
    expect(await readTokens(other)).toEqual(["1"])
    expect(await addToken(hanging)).toBe(2)
  })

  test("leaves its time limits in no connection of the pool", async () => {
    const { db, ...store } = await (await createDatabase()).open()
    await addToken({ ...store, db })
    for (const name of ["lock_timeout", "idle_in_transaction_session_timeout"])
      expect((await sql`select current_setting(${name}) as value`.execute(db)).rows).toEqual([{ value: "0" }])
  })
})
