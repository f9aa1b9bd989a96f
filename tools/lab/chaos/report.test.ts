import { expect, test } from "vitest"
import { formatReport } from "./report.ts"
import { atMost, judge, none, shown, toQuantile, type RowResult } from "./row.ts"
import { rows } from "./rows.ts"

const [first, second] = [
  { id: "one", title: "One", how: "How." },
  { id: "two", title: "Two", how: "How." },
]
const result: RowResult = {
  id: "one",
  date: "2026-11-26",
  seed: 7,
  seconds: 61,
  load: 0.5,
  figures: [none("lost", 0), atMost("until it is back", 7, "s", 6, "It waits."), shown("asked for", 10)],
  problem: null,
}

test("the report shows misses as misses with what limits them, and rows that did not run", () => {
  const report = formatReport([first!, second!], new Map([["one", result]]), { cores: 2, node: "v24" })
  expect(report).toContain("| [one](#one) | One | 1 | 1 | 1 |")
  expect(report).toContain("| until it is back | 7 s | ≤ 6 s | **MISS** |")
  expect(report).toContain("- until it is back: It waits.")
  expect(report).toContain("## two\n\nTwo. How.\n\nNot run yet.")
})

test("a row that could not finish has missed", () => {
  const broken = { ...result, figures: [], problem: "it ended\nat a line" }
  const report = formatReport([first!], new Map([["one", broken]]), { cores: 2, node: "v24" })
  expect(report).toContain("| [one](#one) | One | 0 | 1 | 0 |")
  expect(report).toContain("**Not finished:** it ended")
})

test("a figure that is no number misses its goal", () => {
  expect(judge(none("lost", Number.NaN))).toBe("MISS")
  expect(judge(atMost("back", Number.POSITIVE_INFINITY, "s", 6))).toBe("MISS")
  expect(toQuantile([3, 1, 2], 0.99)).toBe(3)
})

test("rows have ids of their own", () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
})
