import type { Observation, Timeline } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { layOutAxis } from "./axis-layout.ts"

const minute = 60_000
const start = Date.parse("2026-11-24T10:00:00.000Z")
const at = (minutes: number) => new Date(start + minutes * minute).toISOString()

function seen(number: number, minutes: number, status: string, turn: string): Observation {
  return { number, at: at(minutes), after: null, what: "listed", status, turn, raw: {} }
}

const observations = [
  seen(1, 0, "INITIATING", "atlas"),
  seen(2, 2, "PENDING_ACCEPTANCE", "you"),
  seen(3, 5, "PENDING_ACCEPTANCE", "you"),
  seen(4, 26, "AVAILABLE", "works"),
]

function layOut(more: Partial<Timeline>, now: number, usual: Record<string, number> = {}) {
  const timeline = { peeringId: "1", providerName: "AWS", gaps: [], lookEverySeconds: 60, acts: [] } as const
  const axis = layOutAxis({ ...timeline, gaps: [], acts: [], observations, ...more }, now, usual)
  if (axis === null) throw new Error("has observations")
  return axis
}

const days = 24 * 60

test("Spans are to scale, repeated polls of one status are one span, and what lasts is cut short", () => {
  const { spans, startMs, endMs, wayMs } = layOut({}, start + 30 * days * minute)
  expect(spans.map(({ status, isCut }) => [status, isCut])).toEqual([
    ["INITIATING", false],
    ["PENDING_ACCEPTANCE", false],
    ["AVAILABLE", true],
  ])
  const [first, second] = spans
  expect((second!.until - second!.from) / (first!.until - first!.from)).toBeCloseTo(12)
  expect(wayMs).toBe(26 * minute)
  expect((26 * minute) / (endMs - startMs)).toBeCloseTo(0.86)
})

test("A status that still waits reaches up to now", () => {
  const { endMs, spans } = layOut({ observations: observations.slice(0, 2) }, start + 60 * minute)
  expect(endMs).toBe(start + 60 * minute)
  expect(spans.at(-1)).toMatchObject({ until: 1, isCut: false, ms: 58 * minute })
})

test("A status of a moment ago has lasted that long, also on an axis drawn a minute wide", () => {
  const { endMs, spans } = layOut({ observations: observations.slice(0, 1) }, start + 5_000)
  expect(endMs).toBe(start + minute)
  expect(spans.at(-1)).toMatchObject({ until: 1, isCut: false, ms: 5_000 })
})

test("Gaps are placed to scale and cut at the ends of the axis", () => {
  const gap = { from: at(-10), until: at(13), why: "atlas", problem: null } as const
  const late = { ...gap, from: at(100), until: at(110) }
  const { gaps, endMs } = layOut({ gaps: [gap, late] }, start + 26 * minute)
  expect(endMs).toBe(start + 26 * minute)
  expect(gaps).toEqual([{ from: 0, until: 0.5, ms: 23 * minute, why: "atlas" }])
})

test("A usual time is marked where it would have ended, unless that is beyond the axis", () => {
  const usual = { PENDING_ACCEPTANCE: 11 * minute, AVAILABLE: days * minute }
  expect(layOut({}, start + 26 * minute, usual).medians).toEqual([{ at: 0.5, ms: 11 * minute }])
})

test("Ticks are round moments, six at most", () => {
  const { ticks } = layOut({}, start + 26 * minute)
  // The tick at 25 is too close to the end for its words.
  expect(ticks.map(({ ms }) => (ms - start) / minute)).toEqual([0, 5, 10, 15, 20])
})

test("An unobserved connection has no axis", () => {
  const empty = { peeringId: "1", providerName: "AWS", lookEverySeconds: 60 } as const
  expect(layOutAxis({ ...empty, observations: [], gaps: [], acts: [] }, start, {})).toBeNull()
})
