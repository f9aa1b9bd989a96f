import { setImmediate as nextTurn } from "node:timers/promises"
import { readAtlasPeer } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { createLogger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { createDeskClock } from "#test/support/test-app-clock.ts"
import { LiveState } from "./live-state.ts"
import type { LiveView } from "./live-view.ts"
import { observePeering } from "#test/support/observe-peering.ts"
import type { PeeringWriter } from "./peering-writer.ts"
import { usualPollIntervals } from "./poll-interval.ts"
import { PollLog } from "./poll-log.ts"
import { PollerPool } from "./poller-pool.ts"

const minute = 60
const toProjectId = (number: number) => number.toString(16).padStart(24, "0")

/** A pool over projects with one connection each in AWS, whose lists never change. */
function createPool(projects: number, toStatus: (number: number) => string) {
  const clock = createDeskClock()
  const logger = createLogger("silent")
  const live = new LiveState()
  const stored = async () => {}
  const clouds = { follow: stored, noteChecked: stored, readLastPoll: async () => null }
  const rows = Array.from({ length: projects }, (_, number) => {
    return { id: toProjectId(number), statusName: toStatus(number) }
  })
  let gaps = 0
  /** Calls of each project, with their second. */
  const calls = new Map<string, number[]>()
  for (const raw of rows) {
    const peer = readAtlasPeer(raw, "AWS")
    if (peer === null) throw new Error("no peer")
    live.putPeering(observePeering({ projectId: raw.id, peer, raw, at: "" }), 1)
  }
  const pool = new PollerPool({
    atlas: {
      async listPeers(projectId: string) {
        const seconds = calls.get(projectId) ?? []
        calls.set(projectId, [...seconds, clock.elapsed() / 1_000])
        return [rows[Number.parseInt(projectId, 16)] ?? {}]
      },
    } as unknown as AtlasClient,
    view: {
      live,
      load: stored,
      catchUp: stored,
      isAhead: () => false,
      listAhead: () => [],
    } as unknown as LiveView,
    peeringWriter: { storeList: async () => void (gaps += 1) } as unknown as PeeringWriter,
    pollLog: new PollLog({ clouds, clock, logger }),
    store: {} as Store,
    clouds,
    sharing: null,
    events: { afterPoll() {} },
    intervals: usualPollIntervals,
    paces: { slownessOf: () => 1 },
    clock,
    logger,
  })
  return {
    pool,
    calls,
    /** How often something was written: only a gap could be. */
    countGaps: () => gaps,
    /** Polls each project once, as a start does. */
    start: async () => {
      for (const { id } of rows) await pool.of(id, "AWS").poll(Number.POSITIVE_INFINITY)
    },
    pass: async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000)
        await nextTurn()
      }
    },
    countCalls: () => [...calls.values()].reduce((sum, { length }) => sum + length, 0),
  }
}

test("5,000 projects at rest that nobody views cost Atlas at most eight list calls a second, and leave no gap", async () => {
  const { start, pass, countCalls, calls, countGaps } = createPool(5_000, () => "AVAILABLE")
  await start()
  await pass(12 * minute)
  const before = countCalls()
  await pass(5 * minute)
  expect((countCalls() - before) / (5 * minute)).toBeLessThanOrEqual(8.1)
  await pass(12 * minute)
  const waits = [...calls.values()].map((seconds) => (seconds.at(-1) ?? 0) - (seconds.at(-2) ?? 0))
  expect(Math.max(...waits)).toBeLessThanOrEqual(11 * minute)
  expect(countGaps()).toBe(0)
}, 120_000)

test("one that waits, one that moves and one that somebody views keep their pace among 5,000 at rest", async () => {
  const statuses = ["PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE"]
  const { pool, start, pass, calls } = createPool(5_000, (number) => statuses[number] ?? "AVAILABLE")
  await start()
  pool.follow([toProjectId(2)], () => {})
  await pass(10 * minute)
  const before = [0, 1, 2].map((number) => calls.get(toProjectId(number))?.length ?? 0)
  await pass(10 * minute)
  const after = [0, 1, 2].map((number) => calls.get(toProjectId(number))?.length ?? 0)
  // Each of the three clouds of the viewed one.
  const eachMinute = after.map((count, index) => (count - (before[index] ?? 0)) / 10)
  expect(eachMinute).toEqual([2, 6, 3])
}, 120_000)
