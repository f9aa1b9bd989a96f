import { sql, type SqlBool } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import type { Clock } from "#base/clock.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { Claims, type Claim } from "./claims.ts"
import type { Store } from "./store.ts"

const logger = createLogger("silent")
const second = 1_000
const message = {
  recipient: "route r",
  state: "collecting",
  is_test: 0,
  created_at: 0,
  due_at: 0,
  attempts: 0,
  last_attempt_at: null,
  last_answer: null,
  quiet_until: 0,
  claim_by: null,
  claim_until: 0,
}

/** Work that goes on until `end`. */
function createWork() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  const claims: Claim[] = []
  const work = async (claim: Claim) => {
    claims.push(claim)
    await ended
  }
  return { work, claims, end: () => end() }
}

describe.each(dialects)("a claim over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    const rows = ["a", "b", "c"].map((id) => ({ id, ...message }))
    await store.db.insertInto("notification_message").values(rows).execute()
  })

  /** The claims of one process, whose timers don't run if it is `stopped`. */
  async function openClaims(clock: Clock = database.clock, { stopped = false } = {}) {
    const own = dialect === "postgres" ? await database.open() : store
    const noTimers: Clock = { ...clock, after: () => () => undefined }
    return new Claims({
      store: own,
      clock: stopped ? noTimers : clock,
      logger,
      table: "notification_message",
    })
  }

  const all = { where: sql<SqlBool>`state = 'collecting'`, most: 10 }
  const only = (id: string) => ({ where: sql<SqlBool>`id = ${id}`, most: 1 })
  const isTaken = async (claims: Claims, id: string) => {
    const started = await claims.start(only(id), () => Promise.resolve())
    await Promise.all(started)
    return started.length === 0
  }
  const readClaims = async () =>
    (await store.db.selectFrom("notification_message").select("claim_by").execute()).map(
      (row) => row.claim_by,
    )
  /** Waits until a renewal that is under way was stored. */
  const settle = () => store.db.selectFrom("notification_message").select("id").execute()

  test("is given to one of several processes that want the same row at once", async () => {
    const processes = await Promise.all([openClaims(), openClaims(), openClaims()])
    const { work, claims, end } = createWork()
    const started = (await Promise.all(processes.map((one) => one.start(all, work)))).flat()
    expect(claims.map(({ id }) => id).toSorted()).toEqual(["a", "b", "c"])
    end()
    await Promise.all(started)
    expect(await readClaims()).toEqual([null, null, null])
  })

  test("covers at most as many rows as its process asks for, in the order it asks for", async () => {
    const { work, claims, end } = createWork()
    const started = await (await openClaims()).start({ ...all, orderBy: sql`id desc`, most: 2 }, work)
    expect(claims.map(({ id }) => id).toSorted()).toEqual(["b", "c"])
    end()
    await Promise.all(started)
  })

  test("ends with its work, also with work that fails", async () => {
    const claims = await openClaims()
    const [failing] = await claims.start(only("a"), () => Promise.reject(new Error("failed")))
    await expect(failing).rejects.toThrow("failed")
    expect(await isTaken(await openClaims(), "a")).toBe(false)
  })

  test("is not given twice to its own process", async () => {
    const claims = await openClaims(database.clock, { stopped: true })
    const { work, end } = createWork()
    const started = await claims.start(only("a"), work)
    database.clock.advance(7 * second)
    expect(await isTaken(claims, "a")).toBe(true)
    end()
    await Promise.all(started)
  })

  test("lasts while its holder renews it", async () => {
    const holder = await openClaims()
    const other = await openClaims()
    const { work, claims, end } = createWork()
    const started = await holder.start(only("a"), work)
    for (let round = 0; round < 6; round += 1) {
      database.clock.advance(2 * second)
      await expect.poll(() => claims[0]?.isHeld()).toBe(true)
      await settle()
      expect(await isTaken(other, "a")).toBe(true)
    }
    end()
    await Promise.all(started)
    expect(await isTaken(other, "a")).toBe(false)
  })

  test("is free 6 seconds after its holder stopped, which doesn't trust it for the last 2", async () => {
    const holder = await openClaims(database.clock, { stopped: true })
    const other = await openClaims()
    const { work, claims, end } = createWork()
    const started = await holder.start(only("a"), work)
    database.clock.advance(3.9 * second)
    expect(claims[0]?.isHeld()).toBe(true)
    database.clock.advance(0.1 * second)
    expect(claims[0]?.isHeld()).toBe(false)
    database.clock.advance(1.9 * second)
    expect(await isTaken(other, "a")).toBe(true)
    database.clock.advance(0.1 * second)
    expect(await isTaken(other, "a")).toBe(false)
    end()
    await Promise.all(started)
  })

  test("is lost for its holder once another process took it, and not released by that holder", async () => {
    const own = createTestingClock(database.clock.now())
    const holder = await openClaims(own)
    const first = createWork()
    const started = await holder.start(only("a"), first.work)
    database.clock.advance(6 * second)
    const next = createWork()
    const other = await (await openClaims()).start(only("a"), next.work)
    expect(other).toHaveLength(1)
    own.advance(2 * second)
    await expect.poll(() => first.claims[0]?.isHeld()).toBe(false)
    const before = await readClaims()
    first.end()
    await Promise.all(started)
    expect(await readClaims()).toEqual(before)
    next.end()
    await Promise.all(other)
  })

  test("is free when it was stored while the time was an hour ahead", async () => {
    const ahead = createTestingClock(database.clock.now() + 3_600 * second)
    const { work, end } = createWork()
    const started = await (await openClaims(ahead)).start(only("a"), work)
    expect(await isTaken(await openClaims(), "a")).toBe(false)
    end()
    await Promise.all(started)
  })
})
