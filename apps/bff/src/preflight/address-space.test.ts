import { seededIds } from "@peering-desk/atlas-simulator"
import { AddressSpace, apiUrls, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

const { analytics, emptySandbox, payments, peeringOnly } = seededIds

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

async function readSpace(named?: string): Promise<ProjectAddresses[]> {
  const answer = await desk.call("GET", apiUrls.addressSpace({ project: named }))
  expect(answer.status).toBe(200)
  return AddressSpace.parse(answer.json()).projects
}

const find = (projects: readonly ProjectAddresses[], id: string) =>
  projects.find(({ project }) => project.id === id)!

/** Counts the calls for a project's lists: containers and peers. */
const asked = (projectId: string) => [
  desk.asked("GET", `/${projectId}/containers/all`),
  desk.asked("GET", `/${projectId}/peers`),
]

test("GET /address-space lists every project by name, with its containers and the peerings of all clouds", async () => {
  const projects = await readSpace(payments)
  const { projects: real } = desk.simulator.state()
  expect(projects.map(({ project }) => project.id).toSorted()).toEqual(real.map(({ id }) => id).toSorted())
  expect(projects.map(({ project }) => project.name)).toEqual(
    real.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
  )
  for (const { id, containers, peers } of real) {
    const one = find(projects, id)
    expect(one.containers.map((container) => container.id).toSorted()).toEqual(
      containers.map((container) => container.id).toSorted(),
    )
    expect(one.peers.map((peer) => peer.id).toSorted()).toEqual(peers.map((peer) => peer.id).toSorted())
    expect(one).toMatchObject({ problem: null, readAt: expect.any(String) })
    expect(one).not.toHaveProperty("unread")
  }
})

test("GET /address-space reads the named project every ten seconds at most, other projects every minute", async () => {
  await readSpace(payments)
  await Promise.all([readSpace(payments), readSpace(), readSpace(payments)])
  expect([asked(payments), asked(analytics)]).toEqual([
    [1, 3],
    [1, 3],
  ])
  desk.clock.advance(10_000)
  await readSpace(payments)
  await readSpace(payments)
  expect(asked(payments)[0]).toBe(2)
  expect(asked(analytics)).toEqual([1, 3])
  desk.clock.advance(50_000)
  await readSpace(payments)
  expect(asked(analytics)).toEqual([2, 6])
  expect(desk.asked("GET", "/groups")).toBe(2)
})

test("GET /address-space of 620 projects reads each of them every 62 seconds at most", async () => {
  const results = Array.from({ length: 620 }, (_, index) => ({
    id: `6a${index.toString(16).padStart(22, "0")}`,
    name: `project-${index}`,
  }))
  desk.simulator.addFault({
    match: { method: "GET", path: "/groups?" },
    fault: { status: 200, body: { results, totalCount: 620, links: [] } },
  })
  await readSpace()
  const first = results[0]?.id ?? ""
  desk.clock.advance(61_000)
  expect(await readSpace()).toHaveLength(620)
  expect(asked(first)).toEqual([1, 3])
  desk.clock.advance(1_000)
  await readSpace()
  expect(asked(first)).toEqual([2, 6])
})

test("GET /address-space answers 304 until something of it changes", async () => {
  const first = await desk.call("GET", apiUrls.addressSpace({ project: projectId }))
  const headers = { cookie: desk.cookie, "if-none-match": String(first.headers["etag"]) }
  const again = () => desk.call("GET", apiUrls.addressSpace({ project: projectId }), { headers })
  expect((await again()).status).toBe(304)
  await desk.create(projectId, requests.AWS)
  expect((await again()).status).toBe(200)
})

test("concurrent requests share one read of each list", async () => {
  await Promise.all(Array.from({ length: 12 }, () => readSpace(payments)))
  expect([asked(payments), asked(emptySandbox)]).toEqual([
    [1, 3],
    [1, 3],
  ])
})

test("peering-only mode is known for the named project alone, and read once a minute", async () => {
  const projects = await readSpace(peeringOnly)
  expect(find(projects, peeringOnly).privateIpMode).toBe(true)
  expect(find(projects, payments).privateIpMode).toBeNull()
  desk.clock.advance(59_000)
  await readSpace(peeringOnly)
  expect(desk.asked("GET", "/privateIpMode")).toBe(1)
})

describe("a failed list", () => {
  test.each([
    ["containers", `/${payments}/containers/all`],
    ["GCP", "/peers?providerName=GCP"],
  ])("hides neither other lists nor what was known: %s", async (list, path) => {
    desk.simulator.addFault({ match: { path }, fault: { status: 500 } })
    const first = find(await readSpace(payments), payments)
    expect(first).toMatchObject({ problem: "atlas_failed", unread: [list] })
    const clouds = new Set(first.peers.map(({ providerName }) => providerName))
    expect([first.containers.length > 0, clouds.has("GCP"), clouds.has("AWS"), clouds.has("AZURE")]).toEqual([
      list !== "containers",
      list !== "GCP",
      true,
      true,
    ])

    desk.simulator.clearFaults()
    desk.clock.advance(10_000)
    const whole = find(await readSpace(payments), payments)
    expect(whole.problem).toBeNull()

    desk.simulator.addFault({ match: { path }, fault: { status: 500 } })
    desk.clock.advance(10_000)
    const later = find(await readSpace(payments), payments)
    expect(later).toMatchObject({ problem: "atlas_failed", readAt: whole.readAt })
    expect([later.containers, later.peers.length]).toEqual([whole.containers, whole.peers.length])
    expect(later).not.toHaveProperty("unread")
  })

  test("leaves the lists of other projects complete", async () => {
    desk.simulator.addFault({ match: { path: `/groups/${analytics}/` }, fault: { status: 503 } })
    const projects = await readSpace(payments)
    expect(find(projects, analytics)).toMatchObject({
      containers: [],
      peers: [],
      readAt: null,
      problem: "atlas_failed",
      unread: ["containers", "AWS", "GCP", "AZURE"],
    })
    expect(projects.filter(({ problem }) => problem !== null)).toHaveLength(1)
  })

  test("holds up the answer for 8 s at most when it hangs", async () => {
    desk.simulator.addFault({ match: { path: `/groups/${analytics}/` }, fault: { delayMs: 60_000 } })
    const reading = readSpace(payments)
    await desk.clock.untilWaiting(8_000)
    desk.clock.advance(8_000)
    const projects = await reading
    expect(find(projects, analytics)).toMatchObject({ problem: "atlas_timeout", readAt: null })
    expect(find(projects, payments).problem).toBeNull()
  })

  test("answers 502 when it is the list of projects", async () => {
    desk.simulator.addFault({ match: { path: "/groups?" }, fault: { status: 500 } })
    expect(readVerdict(await desk.call("GET", apiUrls.addressSpace({ project: payments })))).toBe(
      "502 atlas_failed",
    )
  })
})

test("a project that is polled in a loop costs no further reads of peerings", async () => {
  await desk.stream([analytics])
  await desk.call("GET", apiUrls.peerings(analytics))
  const [, before] = asked(analytics)
  const one = find(await readSpace(payments), analytics)
  expect(one.peers).toHaveLength(2)
  expect(asked(analytics)[1]).toBe(before)
})

test("GET /address-space shows a person their own projects only", async () => {
  const cookie = await desk.signIn("nadia")
  const answer = await desk.call("GET", apiUrls.addressSpace({ project: payments }), { headers: { cookie } })
  expect(AddressSpace.parse(answer.json()).projects.map(({ project }) => project.id)).toEqual([payments])
  expect(asked(analytics)).toEqual([0, 0])
  const other = await desk.call("GET", apiUrls.addressSpace({ project: analytics }), { headers: { cookie } })
  expect(readVerdict(other)).toBe("404 project_not_found")
})

test.each(["nonsense", "64b1f0a27c3d5e4f8a9b0fff"])(
  "GET /address-space?project=%s answers 404",
  async (id) => {
    expect(readVerdict(await desk.call("GET", `/api/address-space?project=${id}`))).toBe(
      "404 project_not_found",
    )
  },
)

describe("readSnapshot", () => {
  const everything = { everywhere: "administrator", projects: new Map(), auditor: false } as const

  test("returns the project itself and the others that the person may see", async () => {
    const snapshot = await desk.services.snapshotReader.readSnapshot(payments, everything)
    expect(snapshot.here.project.name).toBe("payments-prod")
    expect(snapshot.otherProjects.map(({ project }) => project.id)).toContain(analytics)
    expect(snapshot.otherProjects.map(({ project }) => project.id)).not.toContain(payments)
    expect(snapshot.peersPerProject).toBe(50)
    const alone = { everywhere: null, projects: new Map([[payments, "viewer"]] as const), auditor: false }
    expect((await desk.services.snapshotReader.readSnapshot(payments, alone)).otherProjects).toEqual([])
  })

  test("returns the named project without the list of projects", async () => {
    desk.simulator.addFault({ match: { path: "/groups?" }, fault: { status: 500 } })
    const { here, otherProjects } = await desk.services.snapshotReader.readSnapshot(payments, everything)
    expect([here.project.name, here.containers.length > 0, here.problem, otherProjects]).toEqual([
      payments,
      true,
      null,
      [],
    ])
  })
})
