import { apiUrls, AuditPage, PeeringList, type AuditRow, type Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000
const terraform = { publicKey: "simterra", projectId } as const
const asked = () => desk.asked("GET", `/${projectId}/events`)

async function list(): Promise<Peering[]> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
}

/** Advances both clocks and polls. */
async function move(ms: number): Promise<void> {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
  await list()
}

/** Advances both clocks by a minute or more, polls, and waits for the events that are read beside it. */
async function pass(ms: number): Promise<void> {
  const before = asked()
  let looks = 0
  await move(ms)
  const look = async () => {
    looks += 1
    // A poll reads no events while an earlier reading is under way, as on a slow machine. The next one does.
    if (looks % 40 === 0) await move(minuteMs)
    return asked()
  }
  await expect.poll(look).toBeGreaterThan(before)
}

/** Rows about what others did, oldest first. */
async function readRows(): Promise<AuditRow[]> {
  const { rows } = AuditPage.parse((await desk.call("GET", apiUrls.audit({ limit: "200" }))).json())
  return rows.filter(({ action }) => action.startsWith("atlas-")).toReversed()
}
async function waitForRows(count: number): Promise<AuditRow[]> {
  await expect.poll(async () => (await readRows()).length).toBe(count)
  return await readRows()
}
const toLine = ({ action, actor, address, peeringId, detail }: AuditRow) => [
  action,
  actor?.name ?? null,
  address,
  peeringId,
  detail?.["atlasAt"],
]

function createByTerraform(request: object = requests.GCP): string {
  const answer = desk.simulator.actAs({ ...terraform, method: "POST", path: "peers", body: request })
  return (answer as { id: string }).id
}
const iso = (at: number) => `${new Date(at).toISOString().slice(0, 19)}.000Z`

test("a connection that another key made, edited and deleted has one row for each, with caller, address and Atlas's time", async () => {
  await list()
  const createdAt = Date.parse(desk.simulator.clock().now ?? "")
  const id = createByTerraform(requests.AWS)
  await pass(minuteMs)
  expect((await waitForRows(1)).map(toLine)).toEqual([
    ["atlas-peering-create", "simterra", "203.0.113.7", id, iso(createdAt)],
  ])
  await pass(5 * minuteMs)
  const body = { ...requests.AWS, routeTableCidrBlock: "10.51.0.0/16" }
  desk.simulator.actAs({ ...terraform, method: "PATCH", path: `peers/${id}`, body })
  await pass(minuteMs)
  await waitForRows(2)
  desk.simulator.actAs({ ...terraform, method: "DELETE", path: `peers/${id}` })
  await pass(minuteMs)
  const rows = await waitForRows(3)
  expect(rows.map(({ action, peeringId }) => [action, peeringId])).toEqual([
    ["atlas-peering-create", id],
    ["atlas-peering-change", id],
    ["atlas-peering-delete", id],
  ])
  await pass(minuteMs)
  await pass(minuteMs)
  expect(await readRows()).toEqual(rows)
})

test("changes that this server made are not listed as events from Atlas", async () => {
  await list()
  const id = ((await desk.create(projectId, requests.AWS)).json() as Peering).id
  await pass(minuteMs)
  const confirm = { name: requests.AWS.vpcId, reason: "No longer needed" }
  await desk.call("DELETE", apiUrls.peering(projectId, id), { body: confirm })
  const entry = { cidrBlock: "10.50.0.0/16" }
  await desk.call("POST", apiUrls.accessList(projectId), { body: { entry, reason: "Access for orders" } })
  await pass(minuteMs)
  await pass(2 * minuteMs)
  expect(await readRows()).toEqual([])
})

test("connections that one key made in one second get one event each", async () => {
  await list()
  const ids = [1, 2, 3].map((one) => createByTerraform({ ...requests.GCP, networkName: `vpc-${one}` }))
  await pass(minuteMs)
  const rows = await waitForRows(3)
  expect(new Set(rows.map(({ peeringId }) => peeringId))).toEqual(new Set(ids))
})

test("an edit that fits several connections stays an event of the project", async () => {
  await list()
  const others = ["vpc-0a1b2c3d4e5f60719", "vpc-0a1b2c3d4e5f60720"]
  const ids = others.map((vpcId, index) =>
    createByTerraform({ ...requests.AWS, vpcId, routeTableCidrBlock: `10.6${index}.0.0/16` }),
  )
  await pass(minuteMs)
  await waitForRows(2)
  const edit = (id: string | undefined, routeTableCidrBlock: string) =>
    desk.simulator.actAs({
      ...terraform,
      method: "PATCH",
      path: `peers/${id}`,
      body: { providerName: "AWS", routeTableCidrBlock },
    })
  edit(ids[0], "10.70.0.0/16")
  edit(ids[1], "10.71.0.0/16")
  for (let minutes = 0; minutes < 5; minutes += 1) await pass(minuteMs)
  const rows = await waitForRows(4)
  expect(rows.slice(2).map(({ action, peeringId }) => [action, peeringId])).toEqual([
    ["atlas-peering-change", null],
    ["atlas-peering-change", null],
  ])
  edit(ids[1], "10.72.0.0/16")
  await pass(minuteMs)
  expect((await waitForRows(5)).at(-1)?.peeringId).toBe(ids[1])
})

test("entries of the access list are rows with the entry", async () => {
  await list()
  const body = [{ cidrBlock: "10.9.0.0/16" }]
  desk.simulator.actAs({ ...terraform, method: "POST", path: "accessList", body })
  await pass(minuteMs)
  expect((await waitForRows(1))[0]).toMatchObject({
    action: "atlas-access-list-add",
    detail: { entry: "10.9.0.0/16", type: "NETWORK_PERMISSION_ENTRY_ADDED" },
  })
})

test("an event of a connection that is gone has its id, or none of an unknown one", async () => {
  const known = createByTerraform()
  await list()
  desk.simulator.actAs({ ...terraform, method: "DELETE", path: `peers/${known}` })
  const never = createByTerraform({ ...requests.GCP, networkName: "never-listed" })
  desk.simulator.actAs({ ...terraform, method: "DELETE", path: `peers/${never}` })
  for (let minutes = 0; minutes < 5; minutes += 1) await pass(minuteMs)
  const rows = await waitForRows(4)
  expect(rows.filter(({ peeringId }) => peeringId === known).length).toBeGreaterThan(0)
  expect(rows.filter(({ peeringId }) => peeringId === never)).toEqual([])
})

test("the first reading goes back 30 days, and later ones to the newest event", async () => {
  const began = desk.clock.now()
  await list()
  await expect.poll(asked).toBe(1)
  createByTerraform()
  const createdAt = Date.parse(desk.simulator.clock().now ?? "")
  await pass(minuteMs)
  await waitForRows(1)
  await pass(minuteMs)
  const from = desk.logs.flatMap((line) => {
    const { msg, path = "" } = JSON.parse(line) as { msg?: string; path?: string }
    const isAnswered = msg === "Atlas answered" && path.includes("/events?")
    return isAnswered ? [new URL(path, "http://atlas").searchParams.get("minDate")] : []
  })
  const dayMs = 24 * 60 * minuteMs
  expect(from).toEqual(
    [began - 30 * dayMs, began + minuteMs - 30 * dayMs, createdAt]
      .map(iso)
      .map((at) => at.replace(".000", "")),
  )
})

test("a project is asked for its events at most twice a minute", async () => {
  createByTerraform()
  const stream = await desk.stream([projectId])
  await stream.next("snapshot")
  await expect.poll(asked).toBe(1)
  for (let seconds = 0; seconds < 60; seconds += 1) {
    desk.simulator.advance(1)
    desk.clock.advance(1_000)
    await list()
  }
  expect(asked()).toBeLessThanOrEqual(3)
})

test.each([
  ["403", { status: 403, body: { error: 403, errorCode: "USER_UNAUTHORIZED", detail: "Not yours." } }],
  ["404", { status: 404 }],
  ["500", { status: 500 }],
  ["5 MB", { status: 200, body: { results: [], junk: "x".repeat(5_000_000) } }],
  ["no JSON", { status: 200, body: "<html>" }],
  ["a cut answer", { cut: "during" }],
])("events that Atlas answers with %s are not read, logged once, and polls go on", async (_name, fault) => {
  desk.simulator.addFault({ match: { path: "/events" }, fault })
  createByTerraform()
  await list()
  for (let minutes = 0; minutes < 3; minutes += 1) {
    desk.simulator.advance(60)
    desk.clock.advance(minuteMs)
    expect(await list()).toHaveLength(1)
  }
  const logged = () => desk.logs.filter((line) => line.includes("Could not read Atlas's events")).length
  await expect.poll(logged).toBe(1)
  expect(await readRows()).toEqual([])
})

test("a 429 for events is obeyed", async () => {
  desk.simulator.addFault({ match: { path: "/events" }, fault: { retryAfter: 240 }, times: 1 })
  createByTerraform()
  await list()
  await expect.poll(asked).toBe(1)
  for (let minutes = 0; minutes < 3; minutes += 1) {
    desk.clock.advance(minuteMs)
    await list()
  }
  expect(asked()).toBe(1)
  desk.clock.advance(2 * minuteMs)
  await list()
  await waitForRows(1)
})

test("unknown types, odd fields and entries that are no events are left out", async () => {
  const good = { id: "a".repeat(24), created: "2026-01-02T03:04:05Z", eventTypeName: "GCP_PEER_UPDATED" }
  const results = [
    { ...good, publicKey: 7, username: null, remoteAddress: ["x"], raw: "?", whitelistEntry: {} },
    { ...good, id: "b".repeat(24), eventTypeName: "PEER_TELEPORTED" },
    { ...good, id: "c".repeat(24), eventTypeName: "toString" },
    { ...good, id: "d".repeat(24), created: "soon" },
    { ...good, id: 5 },
    null,
    "text",
  ]
  desk.simulator.addFault({ match: { path: "/events" }, fault: { status: 200, body: { results } } })
  createByTerraform()
  for (let minutes = 0; minutes < 5; minutes += 1) await pass(minuteMs)
  const [row] = await waitForRows(1)
  expect(row).toMatchObject({ action: "atlas-peering-change", actor: null, address: null })
})

test("a list on several pages is read page by page, one a call, also when it breaks off between", async () => {
  for (let count = 0; count < 130; count += 1) {
    const body = [{ cidrBlock: `10.${count}.0.0/16` }]
    desk.simulator.actAs({ ...terraform, method: "POST", path: "accessList", body })
    desk.simulator.advance(2)
    desk.clock.advance(2_000)
  }
  createByTerraform()
  await list()
  await waitForRows(101 - 1)
  desk.simulator.addFault({ match: { path: "/events" }, fault: { status: 500 }, times: 1 })
  await pass(minuteMs)
  const countLater = async () => {
    await move(minuteMs)
    return (await readRows()).length
  }
  await expect.poll(countLater, { timeout: 20_000 }).toBe(131)
  const rows = await readRows()
  expect(new Set(rows.map(({ detail }) => detail?.["entry"] ?? null)).size).toBe(131)
})
