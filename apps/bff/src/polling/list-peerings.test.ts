import { ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, PeeringList, ProjectList, ContainerList, providerNames } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const projectId = seededIds.payments
const unknownProject = "0123456789abcdef01234567"
const lists = () => desk.asked("GET", "/peers")

async function list(): Promise<PeeringList> {
  const answer = await desk.call("GET", apiUrls.peerings(projectId))
  expect(answer.status).toBe(200)
  return PeeringList.parse(answer.json())
}

function failList(cloud: string, fault: object, times = 1): void {
  desk.simulator.addFault({ match: { method: "GET", path: `providerName=${cloud}` }, fault, times })
}

/** Makes Atlas list exactly these for one cloud. */
function answerList(cloud: string, results: unknown[]): void {
  failList(cloud, { status: 200, body: { links: [], results, totalCount: results.length } })
}

describe("GET /peerings", () => {
  test("lists the peerings of all three clouds as Atlas describes them [D9]", async () => {
    const { peerings, watches } = await list()
    const truth = desk.simulator.state().projects.find(({ id }) => id === projectId)?.peers ?? []
    expect(truth.length).toBeGreaterThan(15)
    const shown = peerings.map(({ id, peer, history, beginSeen }) => {
      expect(beginSeen).toBe(false)
      return { id, cloud: peer.providerName, status: history.at(-1)?.status }
    })
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)
    expect(shown.toSorted(byId)).toEqual(
      truth.map(({ id, providerName, status }) => ({ id, cloud: providerName, status })).toSorted(byId),
    )
    expect(new Set(watches.map(({ providerName }) => providerName))).toEqual(new Set(providerNames))
    expect(watches.filter(({ problem }) => problem !== null)).toEqual([])
    expect(lists()).toBe(3)
  })

  test("polls once in five seconds, however many requests come", async () => {
    await Promise.all(Array.from({ length: 10 }, list))
    desk.clock.advance(4_999)
    await list()
    expect(lists()).toBe(3)
    desk.clock.advance(1)
    await list()
    expect(lists()).toBe(6)
  })

  test("finds one peering by id, and answers 404 for one that is not listed", async () => {
    const { peerings } = await list()
    const last = peerings.at(-1)!
    expect((await desk.call("GET", apiUrls.peering(projectId, last.id))).json()).toEqual(last)
    const missing = await desk.call("GET", apiUrls.peering(projectId, unknownProject))
    expect(readVerdict(missing)).toBe("404 peering_not_found")
    const elsewhere = await desk.call("GET", apiUrls.peering(seededIds.analytics, last.id))
    expect(readVerdict(elsewhere)).toBe("404 peering_not_found")
  })
})

describe("GET /peerings while Atlas fails", () => {
  test.each([
    [{ status: 500 }, "atlas_failed"],
    [{ status: 502 }, "atlas_failed"],
    [{ status: 403 }, "atlas_address_refused"],
    [{ status: 404, body: "<html>" }, "atlas_refused"],
    [{ retryAfter: 7 }, "atlas_rate_limited"],
    [{ status: 200, body: "<html>Sign in</html>" }, "atlas_unreadable"],
    [{ status: 200, body: "" }, "atlas_unreadable"],
    [{ status: 200, body: { results: "many" } }, "atlas_unreadable"],
    [{ cut: "before" }, "atlas_unreachable"],
    [{ cut: "during" }, "atlas_unreachable"],
  ])("shows %j of one cloud as %s and lists the others", async (fault, problem) => {
    failList("GCP", fault, 2)
    const { peerings, watches } = await list()
    const inClouds = new Set(peerings.map(({ peer }) => peer.providerName))
    expect(inClouds).toEqual(new Set(["AWS", "AZURE"]))
    expect(watches.find(({ providerName }) => providerName === "GCP")).toMatchObject({
      problem,
      checkedAt: null,
    })
    expect(watches.filter((watch) => watch.problem === null)).toHaveLength(2)
  })

  test("shows Atlas's words for one cloud until that cloud answers", async () => {
    failList("GCP", { status: 403 }, 1)
    const gcp = async () => (await list()).watches.find(({ providerName }) => providerName === "GCP")
    expect((await gcp())?.atlas).toMatchObject({ status: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST" })
    desk.clock.advance(5_000)
    await expect.poll(gcp).not.toHaveProperty("atlas")
  })

  test("answers with the failure of every cloud, or with what is known", async () => {
    for (const cloud of providerNames) failList(cloud, { status: 500 })
    expect(readVerdict(await desk.call("GET", apiUrls.peerings(projectId)))).toBe("502 atlas_failed")
    desk.clock.advance(5_000)
    const known = await list()
    desk.clock.advance(5_000)
    for (const cloud of providerNames) failList(cloud, { status: 500 })
    const stale = await list()
    expect(stale.peerings).toEqual(known.peerings)
    expect(stale.watches).toMatchObject(
      known.watches.map(({ checkedAt }) => ({ checkedAt, problem: "atlas_failed" })),
    )
  })

  test("answers what is known while Atlas is slow, and the new state once Atlas has answered", async () => {
    const known = await list()
    desk.clock.advance(5_000)
    for (const cloud of providerNames) failList(cloud, { delayMs: 600_000 })
    const slow = list()
    await desk.clock.untilWaiting(300)
    desk.clock.advance(300)
    expect(await slow).toEqual(known)
    // The lists under way end for want of an answer, and the next ones have it.
    await desk.clock.untilWaiting(15_000)
    desk.clock.advance(15_000)
    await expect
      .poll(async () => (await list()).watches.map(({ problem }) => problem))
      .toContain("atlas_timeout")
    desk.clock.advance(10_000)
    expect((await list()).watches.map(({ problem }) => problem)).toEqual([null, null, null])
  })

  test("answers with the failure of one cloud for an unknown id, which that cloud may have", async () => {
    failList("AZURE", { status: 500 })
    const missing = await desk.call("GET", apiUrls.peering(projectId, unknownProject))
    expect(readVerdict(missing)).toBe("502 atlas_failed")
  })

  test("answers 502 everywhere once Atlas refuses our key", async () => {
    desk.simulator.addFault({
      match: {},
      fault: { revokeKey: ownerKey.publicKey },
    })
    for (const path of [apiUrls.projects(), apiUrls.containers(projectId), apiUrls.peerings(projectId)])
      expect(readVerdict(await desk.call("GET", path))).toBe("502 atlas_keys_refused")
  })

  test("answers 504 when Atlas does not answer in time", async () => {
    desk.simulator.addFault({ match: { method: "GET", path: "/containers" }, fault: { delayMs: 600_000 } })
    const answer = desk.call("GET", apiUrls.containers(projectId))
    await desk.clock.untilWaiting(15_000)
    desk.clock.advance(15_000)
    expect(readVerdict(await answer)).toBe("504 atlas_timeout")
  })

  test("answers 404 for a project that Atlas does not know", async () => {
    for (const path of [
      apiUrls.peerings(unknownProject),
      apiUrls.peering(unknownProject, projectId),
      apiUrls.containers(unknownProject),
    ]) {
      const answer = await desk.call("GET", path)
      expect(readVerdict(answer)).toBe("404 project_not_found")
      expect(readProblem(answer).atlas?.errorCode).toBe("GROUP_NOT_FOUND")
    }
  })
})

describe("undocumented answers of Atlas", () => {
  const id = (digit: string) => digit.repeat(24)

  test("are shown unchanged: new words, new fields, missing fields, fields of another type", async () => {
    const strange = [
      { id: id("1"), statusName: "ON_A_BREAK", inventedIn: { year: 2031 } },
      { id: id("2") },
      { id: id("3"), statusName: 7, vpcId: null, awsAccountId: ["482913570264"], containerId: {} },
      { id: id("4"), statusName: "toString", providerName: "ALIBABA" },
    ]
    answerList("AWS", strange)
    const { peerings } = await list()
    const aws = peerings.filter(({ peer }) => peer.providerName === "AWS")
    expect(aws.map(({ raw }) => raw)).toEqual(strange)
    expect(aws.map(({ history }) => history.map(({ status }) => status))).toEqual([
      ["ON_A_BREAK"],
      [null],
      [null],
      ["toString"],
    ])
    expect((await desk.call("GET", apiUrls.peering(projectId, id("3")))).json()).toMatchObject({
      raw: strange[2],
    })
  })

  test("are left out and logged when they have no id", async () => {
    answerList("GCP", [{ status: "AVAILABLE" }, { id: 12 }, "what", null, { id: id("5") }])
    const { peerings } = await list()
    expect(peerings.filter(({ peer }) => peer.providerName === "GCP").map((one) => one.id)).toEqual([id("5")])
    expect(desk.logs.filter((line) => line.includes("without an id"))).toHaveLength(2)
    expect(desk.logs.filter((line) => line.includes("not objects"))).toHaveLength(1)
  })
})

describe("projects and containers", () => {
  test("every project is listed by name", async () => {
    const { projects } = ProjectList.parse((await desk.call("GET", apiUrls.projects())).json())
    const names = desk.simulator.state().projects.map(({ name }) => name)
    expect(projects.map(({ name }) => name)).toEqual(names.toSorted((a, b) => a.localeCompare(b)))
  })

  test("a project's containers are those of all clouds", async () => {
    const answer = await desk.call("GET", apiUrls.containers(projectId))
    const { containers } = ContainerList.parse(answer.json())
    const truth = desk.simulator.state().projects.find(({ id }) => id === projectId)?.containers ?? []
    expect(new Set(containers.map(({ id }) => id))).toEqual(new Set(truth.map(({ id }) => id)))
    expect(new Set(containers.map(({ providerName }) => providerName)).size).toBe(3)
  })

  test("the installation tells which Atlas it speaks to, and no more", async () => {
    const { host } = desk.services.config.atlas.baseUrl
    expect((await desk.call("GET", apiUrls.installation())).json()).toEqual({
      atlasHost: host,
      peersPerProject: 50,
      realAtlas: false,
    })
  })
})
