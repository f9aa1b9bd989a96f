import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { ProblemCode, routes } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { createMetrics } from "#operations/metrics.ts"

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8")
const dashboard = read("deploy/grafana/peering-desk.json")
const alerts = read("deploy/prometheus/alerts.yaml")
const manual = read("docs/operate.md")

/** The names of the samples that a scrape returns. */
async function listSamples(): Promise<Set<string>> {
  const metrics = createMetrics({
    openStreams: () => 0,
    watchLoops: () => 0,
    pollerLagMs: () => 0,
    notifications: () => Promise.resolve({ waiting: 2, failed: 1, lagMs: 90_000 }),
    secrets: () => [],
    openAuditFlaws: () => 0,
  })
  // A counter or histogram without a label value has no sample yet.
  metrics.countAtlasCall({ outcome: "ok", requests: 1, tookMs: 1 })
  const text = await metrics.read()
  const declared = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  )
  return new Set(declared)
}

const listOwn = (text: string) => text.match(/\b(?:peering_desk|nodejs|process)_\w+/g) ?? []
const toMetric = (sample: string) => sample.replace(/_(bucket|sum|count)$/, "")

test("every metric of the dashboard, the alerts and the manual exists", async () => {
  const samples = await listSamples()
  const bare = new Set([...samples].map(toMetric))
  for (const text of [dashboard, alerts]) {
    expect(listOwn(text).length).toBeGreaterThan(5)
    expect(listOwn(text).filter((name) => !samples.has(name))).toEqual([])
  }
  expect(listOwn(manual).filter((name) => !samples.has(name) && !bare.has(name))).toEqual([])
})

test("every metric of our own is in the dashboard and in the manual", async () => {
  const own = [...(await listSamples())].map(toMetric).filter((name) => name.startsWith("peering_desk_"))
  const shown = new Set(listOwn(dashboard).map(toMetric))
  const explained = new Set(listOwn(manual))
  expect(own.length).toBeGreaterThan(5)
  expect(own.filter((name) => !shown.has(name))).toEqual([])
  expect(own.filter((name) => !explained.has(name))).toEqual([])
})

test("every outcome and route that an expression selects exists", () => {
  const select = (label: string) =>
    [...`${dashboard}${alerts}`.matchAll(new RegExp(`${label}=~?\\\\?"([^"\\\\]+)`, "g"))].flatMap(
      ([, value = ""]) => value.split("|"),
    )
  const outcomes: readonly string[] = ["ok", ...ProblemCode.options]
  expect(select("outcome").filter((one) => !outcomes.includes(one))).toEqual([])
  const paths = Object.values(routes).map(({ path }): string => path)
  expect(select("route").filter((one) => !paths.includes(one) && one !== "/api/.*")).toEqual([])
})

test("every alert is explained in the manual, and the manual explains no other", () => {
  const named = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
  const explained = [...manual.matchAll(/^### (PeeringDesk\w+)$/gm)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(5)
  expect(new Set(explained)).toEqual(new Set(named))
  const linked = [...alerts.matchAll(/runbook: docs\/operate\.md#(\w+)/g)].map(([, anchor]) => anchor)
  expect(linked).toEqual(named.map((name) => name?.toLowerCase()))
})
