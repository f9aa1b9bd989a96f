import { expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { followDatabaseClock } from "./database-clock.ts"

const readEveryMs = 15_000

/** Starts the clock of a server whose machine is ahead of its database. */
async function follow(aheadMs: number) {
  const machine = createTestingClock(1_800_000_000_000)
  const lines: string[] = []
  const database = { behindMs: aheadMs, answers: true }
  const clock = await followDatabaseClock({
    readTime: () =>
      database.answers
        ? Promise.resolve(machine.now() - database.behindMs)
        : Promise.reject(new Error("the database is away")),
    clock: machine,
    logger: createLogger("info", { write: (line) => lines.push(line) }),
  })
  const read = async () => {
    machine.advance(readEveryMs)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, machine, database, lines, read }
}

test("a server's time is the database's, however far its machine's is off", async () => {
  for (const aheadMs of [-120_000, -3_000, 0, 30_000, 86_400_000]) {
    const { clock, machine } = await follow(aheadMs)
    expect([clock.now(), clock.aheadMs]).toEqual([1_800_000_000_000 - aheadMs, aheadMs])
    machine.advance(1_500)
    expect(clock.now()).toBe(1_800_000_001_500 - aheadMs)
    clock.stop()
  }
})

test("a server's time stays when somebody sets its machine's clock", async () => {
  const { clock, machine, database, read } = await follow(0)
  machine.step(3_600_000)
  database.behindMs = 3_600_000
  expect(clock.now()).toBe(1_800_000_000_000)
  await read()
  expect([clock.now(), clock.aheadMs]).toEqual([1_800_000_000_000 + readEveryMs, 3_600_000])
})

test("a server's time goes on while the database is away, and follows it afterwards", async () => {
  const { clock, database, read } = await follow(0)
  database.answers = false
  await read()
  expect(clock.now()).toBe(1_800_000_000_000 + readEveryMs)
  database.answers = true
  // As after a failover, or after a machine that was paused.
  database.behindMs = -40_000
  await read()
  expect(clock.now()).toBe(1_800_000_000_000 + 2 * readEveryMs + 40_000)
})

test("a server's time does not jitter with the way to the database", async () => {
  const { clock, database, read } = await follow(0)
  database.behindMs = 200
  await read()
  expect(clock.now()).toBe(1_800_000_000_000 + readEveryMs)
})

test("the log warns once when the clocks are more than 5 s apart, and tells when they agree again", async () => {
  const { database, machine, lines, read } = await follow(30_000)
  expect(lines.join("")).toContain("This server's clock is 30 s ahead of the database's.")
  await read()
  expect(lines).toHaveLength(1)
  machine.step(-30_000)
  database.behindMs = 0
  await read()
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain("agree again")
})
