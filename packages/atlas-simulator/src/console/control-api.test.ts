import { request } from "node:http"

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"

import { createDemoKeys, demoServiceAccount, ownerKey } from "#auth/demo-credentials.ts"
import { isLoopbackAddress, isLoopbackHost } from "./loopback.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { nonceOf, send, toAuthorization } from "#testing-caller.ts"
import { startTestSimulator, testStart, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(atlas.origin, "POST", `/simulator${path}`, {
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  })
const get = (path: string) => send(atlas.origin, "GET", `/simulator${path}`)
const peerIn = (status: string, providerName: string) =>
  atlas.simulator
    .state()
    .projects.flatMap(({ peers }) => peers)
    .find((peer) => peer.status === status && peer.providerName === providerName)?.id

/** Uses Node's client, as fetch does not set a Host header. */
const statusFor = (headers: Record<string, string>) =>
  new Promise((resolve, reject) => {
    const { port } = new URL(atlas.origin)
    request({ host: "127.0.0.1", port, path: "/simulator/state", headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on("error", reject)
      .end()
  })

describe("the control API under /simulator", () => {
  it("answers loopback hosts and origins only", async () => {
    expect(await statusFor({ Host: "localhost:8081" })).toBe(200)
    expect(await statusFor({ Host: "[::1]:8081", Origin: "http://127.0.0.1:8080" })).toBe(200)
    expect(await statusFor({ Host: "evil.example" })).toBe(403)
    expect(await statusFor({ Host: "127.0.0.1.evil.example" })).toBe(403)
    expect(await statusFor({ Origin: "https://evil.example" })).toBe(403)
    expect(await statusFor({ Origin: "null" })).toBe(403)
  })

  it("recognises loopback addresses and hosts", () => {
    for (const address of ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"]) {
      expect(isLoopbackAddress(address)).toBe(true)
    }
    for (const address of ["10.0.0.1", "::ffff:10.0.0.1", "fe80::1", undefined, "127.0.0.1.1"]) {
      expect(isLoopbackAddress(address)).toBe(false)
    }
    expect(isLoopbackHost("LOCALHOST:80")).toBe(true)
    expect(isLoopbackHost(undefined)).toBe(false)
  })

  it("does not exist below Atlas's paths", async () => {
    expect((await atlas.v1("GET", "/simulator/state")).json["errorCode"]).toBe("RESOURCE_NOT_FOUND")
  })

  it("shows the state without secrets", async () => {
    const { json, text } = await get("/state")
    expect(json).toMatchObject({
      scenario: "demo",
      clock: { now: new Date(testStart).toISOString(), speed: 1 },
    })
    for (const { privateKey } of createDemoKeys()) expect(text).not.toContain(privateKey)
    expect(text).not.toContain(demoServiceAccount.clientSecret)
  })

  it("shows a peer in every status of the three clouds in the demo", () => {
    const payments = atlas.simulator.state().projects.find(({ id }) => id === seededIds.payments)
    const seen = new Set(
      payments?.peers.map((peer) => `${peer.providerName} ${peer.status} ${peer.failure ?? ""}`.trim()),
    )
    for (const expected of [
      "AWS INITIATING",
      "AWS PENDING_ACCEPTANCE",
      "AWS FINALIZING",
      "AWS AVAILABLE",
      "AWS FAILED REJECTED",
      "AWS FAILED EXPIRED",
      "AWS FAILED INVALID_ARGUMENT",
      "AWS TERMINATING",
      "GCP ADDING_PEER",
      "GCP WAITING_FOR_USER",
      "GCP AVAILABLE",
      "AZURE ADDING_PEER",
      "AZURE AVAILABLE",
      "AZURE DELETING",
    ]) {
      expect(seen).toContain(expected)
    }
    expect([...seen].some((text) => text.startsWith("AZURE FAILED "))).toBe(true)
    expect([...seen].some((text) => text.startsWith("GCP FAILED "))).toBe(true)
  })

  it("moves the clock and sets its speed", async () => {
    const jumped = await post("/clock", { advanceSeconds: 60 })
    expect(jumped.json).toEqual({ now: new Date(testStart + 60_000).toISOString(), speed: 1 })
    await post("/clock", { speed: 100 })
    atlas.advanceRealTime(1000)
    expect((await get("/state")).json["clock"]).toEqual({
      now: new Date(testStart + 160_000).toISOString(),
      speed: 100,
    })
    expect((await get("/clock")).json).toEqual((await get("/state")).json["clock"])
    await post("/clock", { speed: 0 })
    atlas.advanceRealTime(1000)
    expect((await get("/state")).json["clock"]).toMatchObject({
      now: new Date(testStart + 160_000).toISOString(),
    })
  })

  it("plays the cloud side and answers the peer", async () => {
    const peerId = peerIn("PENDING_ACCEPTANCE", "AWS")
    const { status, json } = await post("/cloud-side", { peerId, act: "accept" })
    expect([status, json]).toEqual([
      200,
      { peer: expect.objectContaining({ id: peerId, status: "FINALIZING" }) },
    ])
  })

  it.each<[string, () => unknown, RegExp]>([
    ["an unknown act", () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "dance" }), /^act: .*"accept"/],
    ["a missing peer id", () => ({ act: "accept" }), /^peerId: .*expected string/],
    ["an unknown peer", () => ({ peerId: "x", act: "accept" }), /there is no peer x/],
    [
      "an act in the wrong status",
      () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "accept" }),
      /in AVAILABLE/,
    ],
    [
      "an act of another cloud",
      () => ({ peerId: peerIn("WAITING_FOR_USER", "GCP"), act: "accept" }),
      /of GCP/,
    ],
    [
      "a permission that AWS does not have",
      () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "revoke-permission" }),
      /of AWS/,
    ],
    [
      "deleting the network of a failed peer",
      () => ({ peerId: peerIn("FAILED", "GCP"), act: "delete-network" }),
      /in FAILED/,
    ],
  ])("refuses %s and names the reason", async (_name, body, sentence) => {
    const { status, json } = await post("/cloud-side", body())
    expect(status).toBe(400)
    expect(json["error"]).toMatch(sentence)
  })

  it.each<[string, string, unknown, number]>([
    ["truncated JSON", "/clock", "{", 400],
    ["a speed that is a text", "/clock", { speed: "10" }, 400],
    ["a speed below zero", "/clock", { speed: -1 }, 400],
    ["a step back in time", "/clock", { advanceSeconds: -1 }, 400],
    ["an empty clock change", "/clock", {}, 400],
    ["a fault without effect", "/faults", { fault: {} }, 400],
    ["an unknown scenario", "/reset", { scenario: "none" }, 400],
    ["a misspelt field", "/reset", { projects: "64b1f0a27c3d5e4f8a9b0c1d" }, 400],
    ["an unknown path", "/nothing", {}, 404],
    ["a body of two megabytes", "/faults", `"${"x".repeat(2_000_000)}"`, 413],
  ])("refuses %s", async (_name, path, body, expected) => {
    const { status, json } = await post(path, body)
    expect(status).toBe(expected)
    expect(json["error"]).toMatch(/./)
  })

  it("refuses a media type that a page of another origin could send", async () => {
    const { status } = await post("/clock", '{"speed":5}', { "Content-Type": "text/plain" })
    expect(status).toBe(400)
  })

  it("removes Atlas's role from a virtual network, and assigns it again", async () => {
    const project = atlas.simulator.state().projects.find(({ id }) => id === seededIds.payments)
    const containerId = project?.containers.find(({ providerName }) => providerName === "AZURE")?.id
    const network = {
      providerName: "AZURE",
      azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
      azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      resourceGroupName: "rg-orders",
      vnetName: "vnet-orders",
    }
    const create = () => atlas.v1("POST", `/groups/${seededIds.payments}/peers`, { ...network, containerId })
    expect((await post("/azure-role", { network, isAssigned: false })).status).toBe(204)
    expect((await create()).json["errorCode"]).toBe("AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")
    // Azure's names ignore case.
    await post("/azure-role", { network: { ...network, vnetName: "VNET-orders" }, isAssigned: true })
    expect((await create()).status).toBe(201)
    expect((await post("/azure-role", { network: { vnetName: "x" }, isAssigned: true })).status).toBe(400)
  })

  it("sets, shows and clears faults", async () => {
    const rule = { match: { path: "/peers" }, fault: { status: 500 }, times: 3 }
    expect((await post("/faults", rule)).json["faults"]).toEqual([rule])
    const path = `/groups/${seededIds.payments}/peers`
    expect((await atlas.v1("GET", path)).status).toBe(500)
    expect((await get("/faults")).json["faults"]).toEqual([{ ...rule, times: 2 }])
    expect((await send(atlas.origin, "DELETE", "/simulator/faults")).status).toBe(204)
    expect((await atlas.v1("GET", path)).status).toBe(200)
  })

  it("counts calls by project, path and minute, with the requests each took", async () => {
    const path = `/groups/${seededIds.payments}/peers`
    await atlas.v1("GET", path)
    await atlas.v1("GET", `${path}?providerName=GCP`)
    await atlas.callAs("simowner", "wrong")("GET", path)
    atlas.advanceRealTime(60_000)
    await atlas.v1("GET", path)
    const full = `/api/atlas/v1.0${path}`
    const row = { projectId: seededIds.payments, method: "GET", path: full, cut: 0 }
    expect((await get("/calls")).json).toEqual({
      total: { calls: 3, requests: 8, challenges: 4, refused: 1, cut: 0, requestsPerCall: 8 / 3 },
      rows: [
        { ...row, minute: "2026-11-24T12:00Z", calls: 2, requests: 6, challenges: 3, refused: 1 },
        { ...row, minute: "2026-11-24T12:01Z", calls: 1, requests: 2, challenges: 1, refused: 0 },
      ],
    })
    await send(atlas.origin, "DELETE", "/simulator/calls")
    expect(atlas.simulator.calls().total.requestsPerCall).toBeNull()
  })
})

describe("POST /simulator/reset", () => {
  const containers = `/groups/${seededIds.payments}/containers`
  const newContainer = { atlasCidrBlock: "10.240.0.0/21", providerName: "AWS", regionName: "EU_NORTH_1" }

  it("restores the world, clock, speed and ids of a fresh start", async () => {
    const fresh = atlas.simulator.state()
    const first = await atlas.v1("POST", containers, newContainer)
    await atlas.v1("DELETE", `/groups/${seededIds.payments}/peers/${peerIn("AVAILABLE", "AZURE")}`)
    await post("/clock", { speed: 100, advanceSeconds: 90_000 })
    expect((await post("/reset", {})).json).toEqual(fresh)
    expect((await atlas.v1("POST", containers, newContainer)).text).toBe(first.text)
  })

  it("switches to the scenario that the body names", async () => {
    expect((await post("/reset", { scenario: "documentation" })).json).toMatchObject({
      scenario: "documentation",
      projects: [{ id: seededIds.documentationProject }],
    })
    expect((await post("/reset", {})).json["scenario"]).toBe("documentation")
    expect((await post("/reset", { scenario: "demo" })).json["scenario"]).toBe("demo")
  })

  it("clears faults, revoked keys, call counts and spent limits", async () => {
    const bucket = { capacity: 1, refillPerMinute: 1 }
    const limits = { v1PerMinute: 1, v2: { "network-peering": bucket, projects: bucket, root: bucket } }
    const { simulator, origin, v1, v2 } = await startTestSimulator({ limits })
    const statuses = async () => [(await v1("GET", containers)).status, (await v2("GET", containers)).status]
    expect(await statuses()).toEqual([200, 200])
    expect(await statuses()).toEqual([429, 429])
    simulator.addFault({ fault: { status: 500 } })
    simulator.addFault({ fault: { revokeKey: "simowner" } })
    await send(origin, "POST", "/simulator/reset")
    expect(simulator.faults()).toEqual([])
    expect(simulator.calls().rows).toEqual([])
    expect(await statuses()).toEqual([200, 200])
    await simulator.close()
  })

  it("forgets nonces and access tokens", async () => {
    const path = `/api/atlas/v1.0${containers}`
    const nonce = nonceOf(await send(atlas.origin, "GET", path))
    const { clientId, clientSecret } = demoServiceAccount
    const token = await send(atlas.origin, "POST", "/api/oauth/token", {
      headers: {
        Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    })
    await post("/reset", {})
    const signed = toAuthorization({ ...ownerKey, method: "GET", uri: path, nonce, nc: "00000001" })
    const digest = await send(atlas.origin, "GET", path, { headers: { Authorization: signed } })
    expect(digest.headers.get("www-authenticate")).toContain("stale=true")
    const bearer = await send(atlas.origin, "GET", `/api/atlas/v2${containers}`, {
      headers: {
        Authorization: `Bearer ${String(token.json["access_token"])}`,
        Accept: "application/vnd.atlas.2023-01-01+json",
      },
    })
    expect([token.status, bearer.status]).toEqual([200, 401])
  })

  it("breaks off delayed answers without doing their work", async () => {
    atlas.simulator.addFault({ fault: { delayMs: 600_000 }, times: 1 })
    const delayed = atlas.v1("POST", containers, newContainer).catch(() => "broken off")
    await vi.waitFor(() => expect(atlas.simulator.faults()).toEqual([]), { timeout: 20_000 })
    await post("/reset", {})
    expect(await delayed).toBe("broken off")
    expect((await atlas.v1("POST", containers, newContainer)).status).toBe(201)
  })
})
