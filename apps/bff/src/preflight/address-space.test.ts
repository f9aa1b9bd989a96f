import { seededIds } from "@peering-desk/atlas-simulator"
import { AddressSpace, apiUrls, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import { readVerdict } from "#test/support/requests.ts"

const { analytics, emptySandbox, payments, peeringOnly } = seededIds

let desk: TestingDesk
beforeEach(async () => {
  desk = await openTestingDesk()
})
afterEach(() => desk.close())

async function readSpace(named?: string): Promise<ProjectAddresses[]> {
  const answer = await desk.call("GET", apiUrls.addressSpace({ project: named }))
  expect(answer.status).toBe(200)
  return AddressSpace.parse(answer.json()).projects
}

const find = (projects: readonly ProjectAddresses[], id: string) =>
  projects.find(({ project }) => project.id === id)!

/** How many lists of a project Atlas was asked for, as containers and peers. */
const asked = (projectId: string) => [
  desk.asked("GET", `/${projectId}/containers/all`),
  desk.asked("GET", `/${projectId}/peers`),
]

test("every project is there with its containers and the connections of all clouds, by name", async () => {
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

test("the lists of the named project are read every ten seconds at most, the others' every minute", async () => {
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

test("many who ask at the same time cause one read of each list", async () => {
  await Promise.all(Array.from({ length: 12 }, () => readSpace(payments)))
  expect([asked(payments), asked(emptySandbox)]).toEqual([
    [1, 3],
    [1, 3],
  ])
})

test("peering-only mode is told of the named project alone, and asked for once a minute", async () => {
  const projects = await readSpace(peeringOnly)
  expect(find(projects, peeringOnly).privateIpMode).toBe(true)
  expect(find(projects, payments).privateIpMode).toBeNull()
  desk.clock.advance(59_000)
  await readSpace(peeringOnly)
  expect(desk.asked("GET", "/privateIpMode")).toBe(1)
})

describe("a list that fails", () => {
  test.each([
    ["containers", `/${payments}/containers/all`],
    ["GCP", "/peers?providerName=GCP"],
  ])("hides neither the others nor what was known: %s", async (list, path) => {
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

  test("a project that fails is told of, and the others are whole", async () => {
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

  test("one that hangs holds nobody up for long", async () => {
    desk.simulator.addFault({ match: { path: `/groups/${analytics}/` }, fault: { delayMs: 60_000 } })
    const reading = readSpace(payments)
    await desk.clock.untilWaiting(8_000)
    desk.clock.advance(8_000)
    const projects = await reading
    expect(find(projects, analytics)).toMatchObject({ problem: "atlas_timeout", readAt: null })
    expect(find(projects, payments).problem).toBeNull()
  })

  test("the projects themselves", async () => {
    desk.simulator.addFault({ match: { path: "/groups?" }, fault: { status: 500 } })
    expect(readVerdict(await desk.call("GET", apiUrls.addressSpace({ project: payments })))).toBe(
      "502 atlas_failed",
    )
  })
})

test("a watched project costs no reads of connections on top of its watch", async () => {
  await desk.stream([analytics])
  await desk.call("GET", apiUrls.peerings(analytics))
  const [, before] = asked(analytics)
  const one = find(await readSpace(payments), analytics)
  expect(one.peers).toHaveLength(2)
  expect(asked(analytics)[1]).toBe(before)
})

test("people see the projects of theirs and no others", async () => {
  const cookie = await desk.signIn("nadia")
  const answer = await desk.call("GET", apiUrls.addressSpace({ project: payments }), { headers: { cookie } })
  expect(AddressSpace.parse(answer.json()).projects.map(({ project }) => project.id)).toEqual([payments])
  expect(asked(analytics)).toEqual([0, 0])
  const other = await desk.call("GET", apiUrls.addressSpace({ project: analytics }), { headers: { cookie } })
  expect(readVerdict(other)).toBe("404 project_not_found")
})

test.each(["nonsense", "64b1f0a27c3d5e4f8a9b0fff"])("%s names no project", async (id) => {
  expect(readVerdict(await desk.call("GET", `/api/address-space?project=${id}`))).toBe(
    "404 project_not_found",
  )
})

describe("the snapshot that a draft is judged by", () => {
  const everything = { everywhere: "administrator", projects: new Map(), auditor: false } as const

  test("is the project itself, and what else the person may see", async () => {
    const snapshot = await desk.services.snapshotReader.readSnapshot(payments, everything)
    expect(snapshot.here.project.name).toBe("payments-prod")
    expect(snapshot.otherProjects.map(({ project }) => project.id)).toContain(analytics)
    expect(snapshot.otherProjects.map(({ project }) => project.id)).not.toContain(payments)
    expect(snapshot.peersPerProject).toBe(50)
    const alone = { everywhere: null, projects: new Map([[payments, "viewer"]] as const), auditor: false }
    expect((await desk.services.snapshotReader.readSnapshot(payments, alone)).otherProjects).toEqual([])
  })

  test("is read without the list of projects too", async () => {
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
