import { expect, test } from "vitest"
import type { AreaResult } from "./area.ts"
import { areas as benchAreas } from "./bench/areas.ts"
import { compare } from "./bench/rounds.ts"
import { rows } from "./chaos/rows.ts"
import { areas as conformanceAreas } from "./conformance/areas.ts"
import { atMost, check, judge, none, notRun, shown, toQuantile, type Figure } from "./figure.ts"
import { formatReport } from "./report.ts"

const run = () => Promise.resolve([])
const areas = [
  { id: "one", title: "One", how: "How.", run },
  { id: "two", title: "Two", how: "How.", run },
]
const result: AreaResult = {
  date: "2026-11-26",
  seed: 7,
  seconds: 61,
  load: 0.5,
  figures: [none("lost", 0), atMost("until it is back", 7, "s", 6, "It waits."), shown("asked for", 10)],
  problem: null,
}
const compared: Figure = {
  what: "a create",
  unit: "µs",
  seen: 1200,
  peer: { what: "bare proxy", value: 100 },
  goal: { atMost: 25, of: "peer" },
}
const machine = { cpu: "Some CPU", cores: 2, node: "Node v24" }
const toReport = (change: Partial<AreaResult>) =>
  formatReport({ head: "# Head", areas }, new Map([["one", { ...result, ...change }]]), machine)

test.each<[string, Partial<Figure>, ReturnType<typeof judge>]>([
  ["below a multiple of the peer", {}, "ok"],
  ["above a multiple of the peer", { goal: { atMost: 10, of: "peer" } }, "MISS"],
  ["above a limit in its unit", { goal: { atMost: 1000, of: "unit" } }, "MISS"],
  ["below a least value", { goal: { atLeast: 1201 } }, "MISS"],
  ["without a goal", { goal: null }, "shown"],
  ["that is no number", { seen: Number.NaN }, "MISS"],
  ["that never came", { seen: Number.POSITIVE_INFINITY, goal: { atMost: 6 } }, "MISS"],
  ["whose peer gave no number", { peer: { what: "bare proxy", value: Number.NaN } }, "MISS"],
  ["with a goal relative to a peer that it lacks", { peer: null }, "MISS"],
  ["that this machine cannot try", { seen: null }, "not run"],
])("judge gives a figure %s the right verdict", (_name, change, verdict) => {
  expect(judge({ ...compared, ...change })).toBe(verdict)
})

test("the report shows misses as misses with what limits them, and areas that did not run", () => {
  const report = toReport({})
  expect(report).toContain("Some CPU, 2 cores, Node v24. 1 minutes in all.")
  expect(report).toContain("| [one](#one) | One | 1 | 1 | 1 |")
  expect(report).toContain("| until it is back | 7 s | ≤ 6 s | **MISS** |")
  expect(report).toContain("- until it is back: It waits.")
  expect(report).toContain("## two\n\nTwo. How.\n\nNot run yet.")
})

test("the report shows a figure beside its peer with their ratio, and a goal relative to the peer", () => {
  const missed: Figure = { ...compared, goal: { atMost: 10, of: "peer" }, limitedBy: "Two durable writes." }
  const report = toReport({ figures: [compared, missed] })
  expect(report).toContain("| what | ours | peer | ratio | goal | verdict |")
  expect(report).toContain("| a create | 1200 µs | 100 µs (bare proxy) | 12 × | ≤ 25 × | ok |")
  expect(report).toContain("| a create | 1200 µs | 100 µs (bare proxy) | 12 × | ≤ 10 × | **MISS** |")
  expect(report).toContain("- a create: Two durable writes.")
})

test("the report says not measured of a figure that no round measured", () => {
  const toFigure = compare<number>({ ours: [], peer: { what: "bare proxy", rounds: [] } })
  const figures = [compared, toFigure("a create, Node 24", "µs", (one) => one, { ofPeer: 25 })]
  expect(toReport({ figures })).toContain("| a create, Node 24 | not measured | – | – | ≤ 25 × | not run |")
})

test("compare makes figures of medians, with a goal in the unit or as a multiple of the peer", () => {
  const toFigure = compare({ ours: [1, 9, 3], peer: { what: "bare proxy", rounds: [2, 1, 7] } })
  expect(toFigure("a wait", "ms", (one) => one, 5)).toEqual({
    what: "a wait",
    unit: "ms",
    seen: 3,
    peer: { what: "bare proxy", value: 2 },
    goal: { atMost: 5 },
  })
  expect(judge(toFigure("a wait", "ms", (one) => one, { ofPeer: 1 }))).toBe("MISS")
})

test("the report lists tries with what they saw, and what the machine cannot try", async () => {
  const figures = [
    await check("it starts", () => "in 3 ms"),
    await check("it stops", () => {
      throw new Error("it did not:\nstill there")
    }),
    notRun("it flies", "no wings here"),
  ]
  const report = toReport({ figures })
  expect(report).toContain("| [one](#one) | One | 1 | 1 | 1 |")
  expect(report).toContain("- ok: it starts (in 3 ms)")
  expect(report).toContain("- **MISS**: it stops\n\n      it did not:\n      still there")
  expect(report).toContain("- not run: it flies (no wings here)")
})

test("an area that could not finish has missed, and the report says why", () => {
  const report = toReport({ figures: [], problem: "it ended\nat a line" })
  expect(report).toContain("| [one](#one) | One | 0 | 1 |")
  expect(report).toContain("**Not finished:** it ended")
})

test("the report says when other work shared the cores", () => {
  expect(toReport({})).not.toContain("other work shared the cores")
  expect(toReport({ load: 5.5 })).toContain("other work shared the cores")
})

test("a quantile is the value that a share of all does not exceed", () => {
  expect(toQuantile([3, 1, 2], 0.99)).toBe(3)
  expect(toQuantile([3, 1, 2], 0.5)).toBe(2)
})

test.each([
  ["bench", benchAreas],
  ["chaos", rows],
  ["conformance", conformanceAreas],
])("no two areas of %s have the same id", (_name, all) => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})
