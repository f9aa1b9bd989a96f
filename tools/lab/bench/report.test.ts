import { expect, test } from "vitest"
import { judge, type AreaResult, type Figure } from "./area.ts"
import { formatReport, toJson, type Run } from "./report.ts"

const figure: Figure = {
  what: "a create",
  unit: "µs",
  ours: 1200,
  peer: { what: "bare proxy", value: 100 },
  goal: { atMost: 25, of: "peer" },
}
const area: AreaResult = {
  id: "creates",
  title: "CPU of a create",
  how: "Three interleaved rounds.",
  load: 0.5,
  seconds: 90,
  figures: [figure],
  problem: null,
}
const toRun = (...areas: AreaResult[]): Run => ({
  machine: { cpu: "Some CPU", cores: 2, node: "v20.20.2" },
  date: "2026-11-26",
  areas,
})

test.each<[string, Partial<Figure>, ReturnType<typeof judge>]>([
  ["below a multiple of the peer", {}, "ok"],
  ["above a multiple of the peer", { goal: { atMost: 10, of: "peer" } }, "MISS"],
  ["above a limit in its unit", { goal: { atMost: 1000, of: "unit" } }, "MISS"],
  ["without a goal", { goal: null }, "shown"],
  ["that is no number", { ours: Number.NaN }, "MISS"],
  ["whose peer gave no number", { peer: { what: "bare proxy", value: Number.NaN } }, "MISS"],
  ["with a goal relative to a peer that it lacks", { peer: null }, "MISS"],
])("judge gives a figure %s the right verdict", (_name, change, verdict) => {
  expect(judge({ ...figure, ...change })).toBe(verdict)
})

test("the report shows a missed goal as a miss, with its ratio and what limits it", () => {
  const missed: Figure = { ...figure, goal: { atMost: 10, of: "peer" }, limitedBy: "Two durable writes." }
  const report = formatReport(toRun({ ...area, figures: [figure, missed] }))
  expect(report).toContain("| a create | 1200 µs | 100 µs (bare proxy) | 12 × | ≤ 25 × | ok |")
  expect(report).toContain("| a create | 1200 µs | 100 µs (bare proxy) | 12 × | ≤ 10 × | **MISS** |")
  expect(report).toContain("- a create: Two durable writes.")
  expect(report).toContain("| [creates](#creates) | CPU of a create | 1 | 1 | 0 |")
})

test("the report counts an area that could not run as a miss and says why", () => {
  const report = formatReport(toRun({ ...area, figures: [], problem: "no browser\n  at launch" }))
  expect(report).toContain("| [creates](#creates) | CPU of a create | 0 | 1 | 0 |")
  expect(report).toContain("**Not measured:** no browser")
})

test("the report says when other work shared the cores", () => {
  expect(formatReport(toRun(area))).not.toContain("Other work shared the cores")
  expect(formatReport(toRun({ ...area, load: 5.5 }))).toContain("Other work shared the cores")
})

test("the JSON of a run holds the machine, each ratio and each verdict", () => {
  const { machine, areas } = JSON.parse(toJson(toRun(area))) as {
    machine: Run["machine"]
    areas: { figures: { ratio: number; verdict: string }[] }[]
  }
  expect(machine).toEqual({ cpu: "Some CPU", cores: 2, node: "v20.20.2" })
  expect(areas[0]?.figures[0]).toMatchObject({ ratio: 12, verdict: "ok" })
})
