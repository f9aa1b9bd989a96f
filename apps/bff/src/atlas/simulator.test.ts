import { createSimulator, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import type { PeeringRequest, ProblemCode } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import {
  awsRequest,
  azureRequest,
  createLoggedClient,
  gcpRequest,
  peerId,
  problemOf,
} from "#test/support/atlas.ts"

const project = seededIds.documentationProject

let simulator: Simulator
let origin: string
beforeEach(async () => {
  simulator = createSimulator({ speed: 0, limits: { v1PerMinute: 1_000_000 } })
  origin = (await simulator.listen({ port: 0 })).origin
})
afterEach(() => simulator.close())

const createClient = (overrides: Parameters<typeof createLoggedClient>[1] = {}) =>
  createLoggedClient(origin, { credential: ownerKey, ...overrides }).client

const countPeers = () => simulator.state().projects.find(({ id }) => id === project)?.peers.length

describe.each(["v1.0", "2023-01-01"] as const)(
  "AtlasClient against the simulator, API version %s",
  (apiVersion) => {
    test.each([awsRequest, gcpRequest, azureRequest])(
      "creates, reads and lists a peering for $providerName",
      async (request: PeeringRequest) => {
        const client = createClient({ apiVersion })
        const created = await client.createPeer(project, request)
        expect(created).toMatchObject({
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          containerId: request.containerId,
        })
        expect(await client.getPeer(project, String(created["id"]))).toMatchObject({ id: created["id"] })
        expect((await client.listPeers(project, request.providerName)).map(({ id }) => id)).toEqual([
          created["id"],
        ])
      },
    )

    test("lists projects and the containers of all clouds", async () => {
      const client = createClient({ apiVersion })
      expect(await client.listProjects()).toContainEqual({ id: project, name: "documentation-examples" })
      const containers = await client.listContainers(project)
      expect(containers.map(({ providerName }) => providerName).toSorted()).toEqual(["AWS", "AZURE", "GCP"])
    })

    test("keeps Atlas's code of a refusal and names the field", async () => {
      const client = createClient({ apiVersion })
      await client.createPeer(project, awsRequest)
      expect(await problemOf(client.createPeer(project, awsRequest))).toMatchObject({
        code: "atlas_refused",
        shown: {
          atlas: { status: 409, errorCode: "PEER_ALREADY_EXISTS" },
          fields: { vpcId: expect.stringContaining("already exists") },
        },
      })
      const publicBlock = { ...awsRequest, routeTableCidrBlock: "8.8.0.0/16" }
      expect((await problemOf(client.createPeer(project, publicBlock))).shown.fields).toHaveProperty(
        "routeTableCidrBlock",
      )
      const noContainer = { ...awsRequest, containerId: peerId }
      expect((await problemOf(client.createPeer(project, noContainer))).shown.fields).toHaveProperty(
        "containerId",
      )
      expect((await problemOf(client.getPeer(project, peerId))).code).toBe("peering_not_found")
      expect((await problemOf(client.listPeers(peerId, "AWS"))).code).toBe("project_not_found")
    })
  },
)

test.each<[string, string, string, ProblemCode]>([
  ["a wrong secret", ownerKey.publicKey, "wrong", "atlas_keys_refused"],
  ["an unknown key", "nobodyxx", "wrong", "atlas_keys_refused"],
  ["a key used from elsewhere", "simwalls", "fa4e0000-0000-4000-8000-000000000004", "atlas_address_refused"],
  [
    "a key without an access list",
    "simnolis",
    "fa4e0000-0000-4000-8000-000000000005",
    "atlas_address_refused",
  ],
  ["a key that may only read", "simreads", "fa4e0000-0000-4000-8000-000000000002", "atlas_rights_missing"],
])("%s has its own problem code", async (_name, publicKey, privateKey, code) => {
  const client = createClient({ credential: { publicKey, privateKey } })
  expect((await problemOf(client.createPeer(project, awsRequest))).code).toBe(code)
  expect(simulator.calls().total.requests).toBeLessThanOrEqual(2)
})

test("a key that is revoked is tried twice at most, and works again when it is given back", async () => {
  const client = createClient()
  await client.listProjects()
  simulator.addFault({ fault: { revokeKey: true } })
  const before = simulator.calls().total.requests
  expect((await problemOf(client.listProjects())).code).toBe("atlas_keys_refused")
  expect(simulator.calls().total.requests - before).toBeLessThanOrEqual(2)
  simulator.clearFaults()
  expect(await client.listProjects()).not.toEqual([])
})

test.each<[string, "before" | "during" | "after", number]>([
  ["before it did anything", "before", 0],
  ["while it answered", "during", 1],
  ["after it had done the work", "after", 1],
])(
  "a create whose connection is cut %s has an unknown outcome and is sent once",
  async (_when, cut, made) => {
    const client = createClient()
    await client.listProjects()
    simulator.addFault({ match: { method: "POST" }, fault: { cut } })
    expect((await problemOf(client.createPeer(project, awsRequest))).code).toBe("outcome_unknown")
    expect([simulator.calls().total.cut, countPeers()]).toEqual([1, made])
  },
)

test.each([1, 2])("calls succeed although the nonce is stale %i times in a row", async (times) => {
  const client = createClient()
  await client.listProjects()
  simulator.addFault({ match: { method: "POST" }, fault: { staleNonces: true }, times })
  expect(await client.createPeer(project, awsRequest)).toHaveProperty("id")
  expect(countPeers()).toBe(1)
})

test("a nonce that is always stale does not count as a refused key", async () => {
  const client = createClient()
  await client.listProjects()
  simulator.addFault({ match: { method: "POST" }, fault: { staleNonces: true }, times: 9 })
  const before = simulator.calls().total.requests
  const problem = await problemOf(client.createPeer(project, awsRequest))
  expect([problem.code, problem.shown.detail]).toEqual([
    "atlas_failed",
    expect.stringContaining("the key was not refused"),
  ])
  expect([simulator.calls().total.requests - before, countPeers()]).toEqual([3, 0])
})

test.each([
  { atOnce: 1, most: 1.02 },
  { atOnce: 64, most: 1.06 },
])(
  "2000 calls, $atOnce at a time, succeed with at most $most requests a call",
  async ({ atOnce, most }) => {
    const client = createClient()
    let left = 2_000
    const work = async () => {
      while (left-- > 0) await client.listPeers(seededIds.analytics, "GCP")
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const { calls, requests, challenges, refused, cut } = simulator.calls().total
    expect([calls, refused, cut]).toEqual([2_000, 0, 0])
    // A nonce is good for 1,000 calls, and the next one is fetched after 850.
    expect(challenges).toBe(3)
    expect(requests / 2_000).toBeLessThanOrEqual(most)
  },
  60_000,
)
