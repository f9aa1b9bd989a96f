import { sql } from "kysely"
import { repeat, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"

/** The time of the database in milliseconds since 1970: the one clock that all processes share. */
export const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Reads the time of PostgreSQL. */
export async function readDatabaseTime({ db }: Pick<Store, "db">): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${databaseNow} as now`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error("The database did not answer what time it has")
  return row.now
}

/** The database's time, which all processes over one PostgreSQL share, so that times they store can be compared. */
export interface DatabaseClock extends Clock {
  /** The lead of this machine's clock over the database's, in milliseconds; negative when it is behind. */
  readonly aheadMs: number
  stop: () => void
}

interface DatabaseClockDeps {
  /** Returns the database's time in milliseconds since 1970. */
  readTime: () => Promise<number>
  /** This machine's clock. */
  clock: Clock
  logger: Logger
}

const readEveryMs = 15_000
/** A slower answer tells too little about the time. */
const slowAnswerMs = 1_000
/** Smaller differences come from the way to the database, and don't move the clock. */
const noiseMs = 250
/** A larger difference between the two clocks is worth a warning. */
export const warnAboveMs = 5_000

/**
 * Starts a clock that follows the database's. Between two readings it counts by this machine's `elapsed`, so setting this machine's time
 * does not move it. Resolves once the time is known.
 */
export async function followDatabaseClock({
  readTime,
  clock,
  logger,
}: DatabaseClockDeps): Promise<DatabaseClock> {
  const measure = async () => {
    const from = clock.elapsed()
    const time = await readTime()
    const tookMs = clock.elapsed() - from
    return { time, at: from + tookMs / 2, tookMs }
  }
  let anchor = await measure()
  let aheadMs = 0
  // Whole milliseconds, as those of the system.
  const now = () => Math.floor(anchor.time + clock.elapsed() - anchor.at)

  function compare(): void {
    const before = aheadMs
    aheadMs = clock.now() - now()
    const isApart = Math.abs(aheadMs) > warnAboveMs
    if (isApart === Math.abs(before) > warnAboveMs) return
    if (isApart) logger.warn({ aheadMs }, describeClocksApart(aheadMs))
    else logger.info({ aheadMs }, "This server's clock and the database's agree again")
  }

  async function read(): Promise<void> {
    const next = await measure()
    const differenceMs = next.time + (clock.elapsed() - next.at) - now()
    const isKnownBetter = next.tookMs <= slowAnswerMs && Math.abs(differenceMs) > noiseMs + next.tookMs / 2
    if (isKnownBetter) anchor = next
    compare()
  }

  compare()
  return {
    now,
    elapsed: () => clock.elapsed(),
    after: (delayMs, callback) => clock.after(delayMs, callback),
    get aheadMs() {
      return aheadMs
    },
    // While the database fails, the time goes on from the last reading.
    stop: repeat(clock, readEveryMs, read),
  }
}

/** Formats the warning for operators, for example "This server's clock is 30 s ahead of the database's…". */
export function describeClocksApart(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const where = aheadMs < 0 ? "behind" : "ahead of"
  return `This server's clock is ${seconds} s ${where} the database's. The server uses the database's time. Synchronise the clocks (NTP).`
}
