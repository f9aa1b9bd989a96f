import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, type ClusterList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { listAuditRows, reason, summariseRows } from "#test/support/changes.ts"
import { readVerdict } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const { payments } = seededIds

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

async function findStrings(name: string) {
  const { clusters } = (await desk.call("GET", apiUrls.clusters(payments))).json() as ClusterList
  return clusters.find((cluster) => cluster.name === name)?.connectionStrings
}

const switchTo = (enabled: boolean, headers = {}) =>
  desk.call("PATCH", apiUrls.customDns(payments), { body: { enabled, reason }, headers })

test("GET …/clusters returns connection strings to every viewer of the project, and logs none", async () => {
  const cookie = await desk.signIn("victor")
  const answer = await desk.call("GET", apiUrls.clusters(payments), { headers: { cookie } })
  const { clusters } = answer.json() as ClusterList
  expect(clusters.find(({ name }) => name === "ledger")).toMatchObject({
    isDedicated: true,
    regions: expect.arrayContaining([{ providerName: "AWS", regionName: "US_EAST_1" }]) as unknown,
    connectionStrings: { standardSrv: expect.stringMatching(/^mongodb\+srv:/) as string },
  })
  expect(desk.logs.join("\n")).toContain("/clusters")
  expect(desk.logs.join("\n")).not.toContain("mongodb.net")
})

test("GET …/clusters returns a cluster on several clouds, which Atlas's v1.0 leaves out", async () => {
  const regions = [
    { providerName: "AWS", regionName: "US_EAST_1", nodes: 2 },
    { providerName: "GCP", regionName: "CENTRAL_US", nodes: 1 },
  ] as const
  desk.simulator.putCluster(payments, { name: "global", regions: [...regions], stateName: "IDLE" })
  const { clusters } = (await desk.call("GET", apiUrls.clusters(payments))).json() as ClusterList
  expect(clusters.find(({ name }) => name === "global")?.regions).toEqual([
    { providerName: "AWS", regionName: "US_EAST_1" },
    { providerName: "GCP", regionName: "CENTRAL_US" },
  ])
  expect(desk.asked("GET", "/clusters")).toBe(1)
})

test.each([403, 404, 406])(
  "GET …/clusters answers with Atlas's refusal, not with an empty list, when v2 answers %i",
  async (status) => {
    desk.simulator.addFault({ match: { path: "/api/atlas/v2" }, fault: { status } })
    const answer = await desk.call("GET", apiUrls.clusters(payments))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await desk.call("GET", apiUrls.containers(payments))).status).toBe(200)
  },
)

test("GET …/clusters asks Atlas once for readers at the same time", async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => desk.call("GET", apiUrls.clusters(payments))),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(desk.asked("GET", "/clusters")).toBe(1)
})

test("PATCH …/custom-dns switches it, records who and why, and brings the private strings at once [A5]", async () => {
  expect((await findStrings("ledger"))?.privateSrv).toBeFalsy()
  expect((await desk.call("GET", apiUrls.customDns(payments))).json()).toEqual({ enabled: false })
  expect((await switchTo(true)).json()).toEqual({ enabled: true })
  expect((await desk.call("GET", apiUrls.customDns(payments))).json()).toEqual({ enabled: true })
  expect((await findStrings("ledger"))?.privateSrv).toMatch(/-pri\./)
  const [attempt, done] = await listAuditRows(desk, "custom-dns-change")
  expect(attempt).toMatchObject({ reason, projectId: payments, before: { enabled: false } })
  expect(done).toMatchObject({ outcome: "done", answerCode: "202", after: { enabled: true } })
})

test.each(["nadia", "victor"])(
  "PATCH …/custom-dns answers 403 for %s and asks Atlas nothing",
  async (persona) => {
    const cookie = await desk.signIn(persona)
    expect(readVerdict(await switchTo(true, { cookie }))).toBe("403 forbidden")
    expect(desk.simulator.calls().total.requests).toBe(0)
  },
)

test("PATCH …/custom-dns looks up a lost answer and sends once", async () => {
  desk.simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "after" } })
  expect((await switchTo(true)).json()).toEqual({ enabled: true })
  expect(desk.asked("PATCH", "/awsCustomDNS")).toBe(1)
  expect(summariseRows(await listAuditRows(desk, "custom-dns-change"))).toEqual([
    "attempt",
    "unknown",
    "done",
  ])
})
