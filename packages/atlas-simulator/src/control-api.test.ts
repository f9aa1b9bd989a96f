import { request } from "node:http"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { createDemoKeys, demoServiceAccount } from "./demo-credentials.ts"
import { isLoopbackAddress, isLoopbackHost } from "./loopback.ts"
import { seededIds } from "./scenarios.ts"
import { send } from "./signed-caller.ts"
import type { TestSimulator } from "./test-simulator.ts"
import { startTestSimulator, testStart } from "./test-simulator.ts"

let started: TestSimulator
beforeEach(async () => {
  started = await startTestSimulator()
})
afterEach(() => started.simulator.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(started.origin, "POST", `/simulator${path}`, {
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  })
const get = (path: string) => send(started.origin, "GET", `/simulator${path}`)
const peerIn = (status: string, providerName: string) =>
  started.simulator
    .state()
    .projects.flatMap(({ peers }) => peers)
    .find((peer) => peer.status === status && peer.providerName === providerName)?.id

/** Node's own client, as fetch does not let a Host header be chosen. */
const statusFor = (headers: Record<string, string>) =>
  new Promise((resolve, reject) => {
    const { port } = new URL(started.origin)
    request({ host: "127.0.0.1", port, path: "/simulator/state", headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on("error", reject)
      .end()
  })

describe("the control API", () => {
  it("answers this machine alone, whatever name a browser was led here by", async () => {
    expect(await statusFor({ Host: "localhost:8081" })).toBe(200)
    expect(await statusFor({ Host: "[::1]:8081", Origin: "http://127.0.0.1:8080" })).toBe(200)
    expect(await statusFor({ Host: "evil.example" })).toBe(403)
    expect(await statusFor({ Host: "127.0.0.1.evil.example" })).toBe(403)
    expect(await statusFor({ Origin: "https://evil.example" })).toBe(403)
    expect(await statusFor({ Origin: "null" })).toBe(403)
  })

  it("tells loopback addresses and hosts from others", () => {
    for (const address of ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"]) {
      expect(isLoopbackAddress(address)).toBe(true)
    }
    for (const address of ["10.0.0.1", "::ffff:10.0.0.1", "fe80::1", undefined, "127.0.0.1.1"]) {
      expect(isLoopbackAddress(address)).toBe(false)
    }
    expect(isLoopbackHost("LOCALHOST:80")).toBe(true)
    expect(isLoopbackHost(undefined)).toBe(false)
  })

  it("is not to be found under Atlas's paths", async () => {
    expect((await started.v1("GET", "/simulator/state")).json["errorCode"]).toBe("RESOURCE_NOT_FOUND")
  })

  it("shows everything but secrets", async () => {
    const { json, text } = await get("/state")
    expect(json).toMatchObject({
      scenario: "demo",
      clock: { now: new Date(testStart).toISOString(), speed: 1 },
    })
    for (const { privateKey } of createDemoKeys()) expect(text).not.toContain(privateKey)
    expect(text).not.toContain(demoServiceAccount.clientSecret)
  })

  it("shows a peer in every status of the three clouds in the demo", () => {
    const payments = started.simulator.state().projects.find(({ id }) => id === seededIds.payments)
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
    started.passRealTime(1000)
    expect((await get("/state")).json["clock"]).toEqual({
      now: new Date(testStart + 160_000).toISOString(),
      speed: 100,
    })
    await post("/clock", { speed: 0 })
    started.passRealTime(1000)
    expect((await get("/state")).json["clock"]).toMatchObject({
      now: new Date(testStart + 160_000).toISOString(),
    })
  })

  it("plays the other side and answers the peer", async () => {
    const peerId = peerIn("PENDING_ACCEPTANCE", "AWS")
    const { status, json } = await post("/cloud-side", { peerId, act: "accept" })
    expect([status, json]).toEqual([
      200,
      { peer: expect.objectContaining({ id: peerId, status: "FINALIZING" }) },
    ])
  })

  it.each<[string, () => unknown, RegExp]>([
    [
      "an act there is none of",
      () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "dance" }),
      /act must be one of/,
    ],
    ["no peer", () => ({ act: "accept" }), /peerId must be a text/],
    ["an unknown peer", () => ({ peerId: "x", act: "accept" }), /there is no peer x/],
    ["an act out of turn", () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "accept" }), /in AVAILABLE/],
    ["another cloud's act", () => ({ peerId: peerIn("WAITING_FOR_USER", "GCP"), act: "accept" }), /of GCP/],
    [
      "a permission AWS has not",
      () => ({ peerId: peerIn("AVAILABLE", "AWS"), act: "revoke-permission" }),
      /of AWS/,
    ],
    [
      "the end of what has ended",
      () => ({ peerId: peerIn("FAILED", "GCP"), act: "delete-network" }),
      /in FAILED/,
    ],
  ])("refuses %s with a sentence", async (_name, body, sentence) => {
    const { status, json } = await post("/cloud-side", body())
    expect(status).toBe(400)
    expect(json["error"]).toMatch(sentence)
  })

  it.each<[string, string, unknown, number]>([
    ["JSON that breaks off", "/clock", "{", 400],
    ["a speed that is a text", "/clock", { speed: "10" }, 400],
    ["a speed below zero", "/clock", { speed: -1 }, 400],
    ["a step back in time", "/clock", { advanceSeconds: -1 }, 400],
    ["an empty clock", "/clock", {}, 400],
    ["a fault of nothing", "/faults", { fault: {} }, 400],
    ["a scenario there is none of", "/reset", { scenario: "none" }, 400],
    ["a path there is none of", "/nothing", {}, 404],
    ["two megabytes", "/faults", `"${"x".repeat(2_000_000)}"`, 413],
  ])("refuses %s", async (_name, path, body, expected) => {
    const { status, json } = await post(path, body)
    expect(status).toBe(expected)
    expect(json["error"]).toMatch(/./)
  })

  it("takes no form, which a page elsewhere could send", async () => {
    const { status } = await post("/clock", '{"speed":5}', { "Content-Type": "text/plain" })
    expect(status).toBe(400)
  })

  it("sets, shows and clears faults", async () => {
    const rule = { match: { path: "/peers" }, fault: { status: 500 }, times: 3 }
    expect((await post("/faults", rule)).json["faults"]).toEqual([rule])
    const path = `/groups/${seededIds.payments}/peers`
    expect((await started.v1("GET", path)).status).toBe(500)
    expect((await get("/faults")).json["faults"]).toEqual([{ ...rule, times: 2 }])
    expect((await send(started.origin, "DELETE", "/simulator/faults")).status).toBe(204)
    expect((await started.v1("GET", path)).status).toBe(200)
  })

  it("counts calls by project, path and minute, with the requests each took", async () => {
    const path = `/groups/${seededIds.payments}/peers`
    await started.v1("GET", path)
    await started.v1("GET", `${path}?providerName=GCP`)
    await started.callAs("simowner", "wrong")("GET", path)
    started.passRealTime(60_000)
    await started.v1("GET", path)
    const full = `/api/atlas/v1.0${path}`
    const row = { projectId: seededIds.payments, method: "GET", path: full, cut: 0 }
    expect((await get("/calls")).json).toEqual({
      total: { calls: 3, requests: 8, challenges: 4, refused: 1, cut: 0, requestsPerCall: 8 / 3 },
      rows: [
        { ...row, minute: "2026-11-24T12:00Z", calls: 2, requests: 6, challenges: 3, refused: 1 },
        { ...row, minute: "2026-11-24T12:01Z", calls: 1, requests: 2, challenges: 1, refused: 0 },
      ],
    })
    await send(started.origin, "DELETE", "/simulator/calls")
    expect(started.simulator.calls().total.requestsPerCall).toBeNull()
  })

  it("starts over with the same ids, in another scenario when asked", async () => {
    const before = started.simulator.state().projects
    const id = peerIn("AVAILABLE", "AZURE")
    await started.v1("DELETE", `/groups/${seededIds.payments}/peers/${id}`)
    started.simulator.addFault({ fault: { status: 500 } })
    expect((await post("/reset", {})).status).toBe(200)
    expect(started.simulator.state().projects).toEqual(before)
    expect(started.simulator.faults()).toEqual([])
    expect((await post("/reset", { scenario: "documentation" })).json["projects"]).toHaveLength(1)
  })
})
