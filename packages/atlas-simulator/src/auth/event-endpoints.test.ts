import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ speed: 0 })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const group = `/groups/${seededIds.documentationProject}`
const gcpPeer = {
  containerId: seededIds.documentationContainer,
  gcpProjectId: "my-sample-project-191923",
  networkName: "test1",
  providerName: "GCP",
}
type Event = Record<string, unknown>

async function list(query = ""): Promise<Event[]> {
  const { status, json } = await atlas.v2("GET", `${group}/events${query}`)
  expect(status).toBe(200)
  return json["results"] as Event[]
}
const createPeer = async () => String((await atlas.v2("POST", `${group}/peers`, gcpPeer)).json["id"])

describe("GET groups/{id}/events", () => {
  test("a created and a deleted peer are events with key, address and time, newest first, without the peer's id", async () => {
    const id = await createPeer()
    atlas.simulator.advance(90)
    await atlas.v2("DELETE", `${group}/peers/${id}`)
    const events = await list()
    expect(events.map(({ eventTypeName, created }) => [eventTypeName, created])).toEqual([
      ["GCP_PEER_DELETED", "2026-11-24T12:01:30Z"],
      ["GCP_PEER_CREATED", "2026-11-24T12:00:00Z"],
    ])
    expect(events[1]).toEqual({
      apiKeyId: "5c47503320eef5699e1cce01",
      created: "2026-11-24T12:00:00Z",
      eventTypeName: "GCP_PEER_CREATED",
      groupId: seededIds.documentationProject,
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      isGlobalAdmin: false,
      links: [expect.objectContaining({ rel: "self" })],
      publicKey: "simowner",
      remoteAddress: "127.0.0.1",
    })
  })

  test("entries of the access list are events with the entry, also of another tool", async () => {
    const add = { publicKey: "simterra", method: "POST", path: "accessList" } as const
    const projectId = seededIds.documentationProject
    atlas.simulator.actAs({ ...add, projectId, body: [{ cidrBlock: "10.9.0.0/16" }] })
    atlas.simulator.advance(1)
    atlas.simulator.actAs({ ...add, projectId, body: [{ cidrBlock: "10.9.0.0/16", comment: "again" }] })
    await atlas.v2("DELETE", `${group}/accessList/10.9.0.0%2F16`)
    expect(
      (await list()).map(({ eventTypeName, whitelistEntry, publicKey, remoteAddress }) => [
        eventTypeName,
        whitelistEntry,
        publicKey,
        remoteAddress,
      ]),
    ).toEqual([
      ["NETWORK_PERMISSION_ENTRY_REMOVED", "10.9.0.0/16", "simowner", "127.0.0.1"],
      ["NETWORK_PERMISSION_ENTRY_UPDATED", "10.9.0.0/16", "simterra", "203.0.113.7"],
      ["NETWORK_PERMISSION_ENTRY_ADDED", "10.9.0.0/16", "simterra", "203.0.113.7"],
    ])
  })

  test("a peer that becomes available on Google Cloud is an event without a caller", async () => {
    const id = await createPeer()
    atlas.simulator.advance(600)
    atlas.simulator.cloudSide(id, "create-reciprocal")
    atlas.simulator.advance(600)
    const [active] = await list("?eventType=GCP_PEER_ACTIVE")
    expect(active).toMatchObject({ eventTypeName: "GCP_PEER_ACTIVE" })
    expect(active).not.toHaveProperty("publicKey")
  })

  test("eventType, excludedEventType, minDate, maxDate, includeRaw and paging narrow the list", async () => {
    await atlas.v2("DELETE", `${group}/peers/${await createPeer()}`)
    atlas.simulator.advance(60)
    atlas.simulator.actAs({
      publicKey: "simterra",
      method: "POST",
      projectId: seededIds.documentationProject,
      path: "accessList",
      body: [{ cidrBlock: "10.9.0.0/16" }],
    })
    const types = async (query: string) => (await list(query)).map(({ eventTypeName }) => eventTypeName)
    expect(await types("?eventType=GCP_PEER_CREATED&eventType=GCP_PEER_DELETED")).toHaveLength(2)
    expect(await types("?excludedEventType=GCP_PEER_CREATED")).toHaveLength(2)
    expect(await types("?minDate=2026-11-24T12:00:01Z")).toEqual(["NETWORK_PERMISSION_ENTRY_ADDED"])
    expect(await types("?maxDate=2026-11-24T12:00:00Z")).toHaveLength(2)
    expect(await types("?itemsPerPage=1&pageNum=3")).toEqual(["GCP_PEER_CREATED"])
    expect((await list("?includeRaw=true"))[0]).toMatchObject({
      raw: { _t: "NETWORK_PERMISSION_ENTRY_ADDED" },
    })
    expect((await atlas.v2("GET", `${group}/events?minDate=yesterday`)).status).toBe(400)
  })

  test("v1.0 has no events", async () => {
    expect((await atlas.v1("GET", `${group}/events`)).status).toBe(404)
  })
})
