import type { Observation, Timeline } from "@peering-desk/shared-schemas"
import { afterEach, expect, test } from "vitest"
import { setFirstRender } from "#ui/first-render.ts"
import { formatLocalInput } from "#ui/time/times.ts"
import { layOutAxis } from "./axis-layout.ts"

afterEach(() => setFirstRender(() => null))

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

test.each([
  ["Asia/Kolkata", "2026-11-24T10:00:00.000Z", 30, ["00:00", "12:00"]],
  ["America/New_York", "2026-11-24T10:00:00.000Z", 54, ["12:00", "00:00", "12:00", "00:00"]],
  ["Europe/Berlin", "2026-10-24T10:30:00.000Z", 54, ["00:00", "12:00", "00:00", "12:00"]],
  ["America/New_York", "2026-03-07T10:00:00.000Z", 15, ["06:00", "09:00", "12:00", "15:00", "18:00"]],
  ["America/New_York", "2026-03-08T00:00:00.000Z", 15, ["21:00", "00:00", "03:00", "06:00", "09:00"]],
])(
  "Ticks in %s from %s over %d hours are at %j there, wherever the page is drawn",
  (timeZone, from, hours, clocks) => {
    const begin = Date.parse(from)
    setFirstRender(() => ({ now: begin, timeZone, isMac: false, lastProject: null }))
    const waiting = [{ ...observations[1]!, at: from }]
    const { ticks } = layOut({ observations: waiting }, begin + hours * 60 * minute)
    expect(ticks.map(({ ms }) => formatLocalInput(new Date(ms).toISOString()).slice(11))).toEqual(clocks)
  },
)

test("An unobserved connection has no axis", () => {
  const empty = { peeringId: "1", providerName: "AWS", lookEverySeconds: 60 } as const
  expect(layOutAxis({ ...empty, observations: [], gaps: [], acts: [] }, start, {})).toBeNull()
})
