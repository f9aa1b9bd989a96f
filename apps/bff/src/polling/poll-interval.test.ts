import { readAtlasPeer, type Peering, type ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { observePeering } from "#test/support/observe-peering.ts"
import { isMoving, computeBackoffMs, choosePollIntervalMs, usualPollIntervals } from "./poll-interval.ts"

const now = Date.UTC(2026, 0, 15, 12)
const minuteMs = 60_000

function at(providerName: ProviderName, status: string, sinceMs = 0): Peering {
  const raw = { id: "64b1f0a27c3d5e4f8a9b0c1d", status, statusName: status }
  const peer = readAtlasPeer(raw, providerName)!
  const at = new Date(now - sinceMs).toISOString()
  return observePeering({ projectId: "", peer, raw, at })
}

const waiting = at("GCP", "WAITING_FOR_USER", 9 * minuteMs)
const waitingLong = at("AWS", "PENDING_ACCEPTANCE", 10 * minuteMs)
const settled = [at("AWS", "AVAILABLE"), at("AZURE", "FAILED"), at("GCP", "A_NEW_WORD")]

describe("choosePollIntervalMs", () => {
  test.each([
    ["viewed without peerings", [], true, minuteMs],
    ["viewed and nothing moves", settled, true, minuteMs],
    ["viewed and a new peering waits for a person", [...settled, waitingLong, waiting], true, 5_000],
    ["viewed and a peering has waited for a person for long", [...settled, waitingLong], true, 30_000],
    ["viewed and Atlas works", [...settled, waiting, at("AWS", "FINALIZING", 60 * minuteMs)], true, 2_143],
    ["viewed and Atlas removes a peering", [at("AZURE", "DELETING")], true, 2_143],
    ["nobody views it and there are no peerings", [], false, null],
    ["nobody views it and nothing moves", settled, false, minuteMs],
    ["nobody views it and a peering waits for a person", [waiting], false, 30_000],
    ["nobody views it and Atlas works", [at("GCP", "ADDING_PEER")], false, 10_000],
  ])("returns its interval while %s (%#)", (_, peerings, viewed, expected) => {
    const movingClouds = isMoving(peerings) ? 1 : 0
    const state = { peerings, viewed, restingClouds: 480, movingClouds, slowness: 1, now }
    expect(choosePollIntervalMs(state, usualPollIntervals)).toBe(expected)
  })

  test.each([
    [1, 30],
    [2, 40],
    [3, 45],
  ])(
    "keeps a project with %i moving clouds at %i calls a minute, quiet ones included",
    (movingClouds, most) => {
      const choose = (peerings: Peering[]) =>
        choosePollIntervalMs(
          { peerings, viewed: true, restingClouds: 0, movingClouds, slowness: 1, now },
          usualPollIntervals,
        ) ?? 0
      const moving = movingClouds * (minuteMs / choose([at("AWS", "INITIATING")]))
      const quiet = (3 - movingClouds) * (minuteMs / choose([]))
      expect(moving + quiet).toBeLessThanOrEqual(most)
      expect(moving + quiet).toBeGreaterThan(most - 0.1)
    },
  )

  test.each([
    ["nothing moves in one of 480 clouds at rest", settled, false, 480, minuteMs],
    ["nothing moves in one of 4,800 clouds at rest", settled, false, 4_800, 10 * minuteMs],
    ["nothing moves in one of a million clouds at rest", settled, false, 1_000_000, 30 * minuteMs],
    ["somebody views it among 4,800 clouds at rest", settled, true, 4_800, minuteMs],
    ["it waits for a person among 4,800 clouds at rest", [waitingLong], false, 4_800, 30_000],
    ["it moves among 4,800 clouds at rest", [at("GCP", "ADDING_PEER")], false, 4_800, 10_000],
  ])("returns its interval while %s", (_, peerings, viewed, restingClouds, expected) => {
    const movingClouds = isMoving(peerings) ? 1 : 0
    const state = { peerings, viewed, restingClouds, movingClouds, slowness: 1, now }
    expect(choosePollIntervalMs(state, usualPollIntervals)).toBe(expected)
  })

  test("a project that Atlas slowed down is polled less often, and at least once a minute", () => {
    const slow = (peerings: Peering[], slowness: number) =>
      choosePollIntervalMs(
        { peerings, viewed: true, restingClouds: 0, movingClouds: 3, slowness, now },
        usualPollIntervals,
      )
    expect([1, 2, 3.5].map((slowness) => slow([at("AWS", "INITIATING")], slowness))).toEqual([
      4_000, 8_000, 14_000,
    ])
    expect([slow([waiting], 2), slow([waitingLong], 4), slow([], 16)]).toEqual([10_000, minuteMs, minuteMs])
  })
})

test("computeBackoffMs doubles to a minute, and never goes below what Atlas asks for", () => {
  expect([1, 2, 3, 4, 5, 6, 1_000].map((failures) => computeBackoffMs(failures, undefined))).toEqual([
    5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000,
  ])
  expect(computeBackoffMs(1, 90)).toBe(90_000)
  expect(computeBackoffMs(5, 1)).toBe(60_000)
})
