import { afterEach, describe, expect, test, vi } from "vitest"
import { setFirstRender } from "#ui/first-render.ts"
import { formatAge, formatFullMoment, formatMoment, formatSpan } from "./times.ts"

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe("a span", () => {
  test.each([
    [-5 * second, "0 s"],
    [40 * second, "40 s"],
    [59.9 * second, "59 s"],
    [minute, "1 min"],
    [hour - 1, "59 min"],
    [2 * hour, "2 h"],
    [2 * hour + 14 * minute + 59 * second, "2 h 14 min"],
    [6 * day + 21 * hour, "6 d 21 h"],
    [7 * day, "7 d"],
    [42 * day + 5 * hour, "42 d"],
  ])("%d ms is written %s", (ms, text) => {
    expect(formatSpan(ms)).toBe(text)
  })
})

test.each([
  [-1, "0 s"],
  [8 * minute + 50 * second, "8 min"],
  [23 * hour + 59 * minute, "23 h"],
  [118 * day, "118 d"],
])("an age of %d ms is written %s, in one unit", (ms, text) => {
  expect(formatAge(ms)).toBe(text)
})

test("a moment has its day only when that is not today", () => {
  const noon = new Date(2026, 10, 24, 12, 0)
  expect(formatMoment(new Date(2026, 10, 24, 10, 4).getTime(), noon.getTime())).toBe("10:04")
  expect(formatMoment(new Date(2026, 11, 1, 10, 4).getTime(), noon.getTime())).toBe("1 Dec, 10:04")
})

test("a moment has its year half a year away", () => {
  const noon = new Date(2026, 10, 24, 12, 0)
  const nextYear = new Date(2027, 10, 24, 10, 4).getTime()
  expect(formatMoment(nextYear, noon.getTime())).toBe("24 Nov 2027, 10:04")
  expect(formatMoment(new Date(2025, 11, 1, 10, 4, 5).toISOString(), noon.getTime(), true)).toBe(
    "1 Dec 2025, 10:04:05",
  )
})

describe("a server that draws in many time zones", () => {
  afterEach(() => {
    setFirstRender(() => null)
    vi.restoreAllMocks()
  })

  test("does not keep the formats of all of their spellings", () => {
    const { DateTimeFormat } = Intl
    const make = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function (...given) {
      return new DateTimeFormat(...given)
    })
    const formatIn = (timeZone: string) => {
      setFirstRender(() => ({ now: 0, timeZone, isMac: false, lastProject: null }))
      return formatFullMoment(0)
    }
    expect(formatIn("Asia/Tokyo")).toContain("1 Jan 1970, 09:00:00")
    for (let number = 0; number < 2_000; number += 1)
      formatIn(
        "america/new_york"
          .split("")
          .map((one, at) => ((number >> at) & 1 ? one.toUpperCase() : one))
          .join(""),
      )
    make.mockClear()
    formatIn("Asia/Tokyo")
    expect(make).toHaveBeenCalledTimes(1)
  })
})
