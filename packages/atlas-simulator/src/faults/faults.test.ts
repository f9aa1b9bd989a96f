import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"

import { ownerKey } from "#auth/demo-credentials.ts"
import { createFaults, parseFaultRule } from "./faults.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { nonceOf, send, toAuthorization } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"
import type { SimulatorOptions } from "#simulator.ts"

const peers = `/groups/${seededIds.documentationProject}/peers`
const body = {
  containerId: seededIds.documentationContainer,
  providerName: "GCP",
  gcpProjectId: "my-sample-project-191923",
  networkName: "test1",
}

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ scenario: "documentation" })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const peerCount = () => atlas.simulator.state().projects[0]?.peers.length

describe("a fault", () => {
  it("affects matching signed requests the given number of times", async () => {
    const { v1, simulator } = atlas
    simulator.addFault({ match: { method: "post", path: "/peers" }, fault: { status: 500 }, times: 2 })
    expect((await v1("GET", peers)).status).toBe(200)
    const first = await v1("POST", peers, body)
    expect([first.status, first.text.length, first.json["errorCode"]]).toEqual([500, 122, "UNEXPECTED_ERROR"])
    expect((await v1("POST", peers, body)).status).toBe(500)
    expect((await v1("POST", peers, body)).status).toBe(201)
  })

  it("stays until cleared without a number, and matches paths by regular expression", async () => {
    const { v1, simulator } = atlas
    simulator.addFault({
      match: { path: String.raw`/\/peers\?providerName=(GCP|AZURE)$/` },
      fault: { status: 503 },
    })
    for (let round = 0; round < 3; round++)
      expect((await v1("GET", `${peers}?providerName=GCP`)).status).toBe(503)
    expect((await v1("GET", `${peers}?providerName=AWS`)).status).toBe(200)
    simulator.clearFaults()
    expect((await v1("GET", `${peers}?providerName=GCP`)).status).toBe(200)
  })

  it("sends the given body: HTML, text of another type, JSON, nothing", async () => {
    const { v1, simulator } = atlas
    const answers: [object, number, string, string][] = [
      [{ status: 502, body: "<html>bad gateway</html>" }, 502, "text/html", "<html>bad gateway</html>"],
      [{ status: 200, body: "{", contentType: "text/x-broken" }, 200, "text/x-broken", "{"],
      [{ status: 409, body: { errorCode: "NEW" } }, 409, "application/json", '{"errorCode":"NEW"}'],
      [{ status: 200, body: "" }, 200, "text/plain", ""],
    ]
    for (const [fault, status, type, text] of answers) {
      simulator.addFault({ fault, times: 1 })
      const seen = await v1("GET", peers)
      expect([seen.status, seen.headers.get("content-type"), seen.text]).toEqual([status, type, text])
    }
  })

  it("sends the usual body of its status when it has no body", async () => {
    const { v1, v2, simulator } = atlas
    const callWith = async (fault: object, call = v1) => {
      simulator.addFault({ fault, times: 1 })
      return call("GET", peers)
    }
    expect((await callWith({ status: 502 })).headers.get("content-type")).toBe("text/html")
    expect((await callWith({ status: 402 })).json["errorCode"]).toBe("NO_PAYMENT_INFORMATION_FOUND")
    expect((await callWith({ status: 418 })).json).toMatchObject({ error: 418, parameters: [] })
    expect((await callWith({ status: 401 })).headers.get("www-authenticate")).toMatch(/stale=false$/)
    const limited = await callWith({ retryAfter: 7 })
    expect([limited.status, limited.headers.get("retry-after"), limited.json["errorCode"]]).toEqual([
      429,
      "7",
      "RATE_LIMITED",
    ])
    const limited2 = await callWith({ status: 429, retryAfter: 7 }, v2)
    expect([limited2.headers.get("retry-after"), limited2.json["errorCode"]]).toEqual([
      "7",
      "RATE_LIMITED_TOKEN_BUCKET",
    ])
  })

  it.each([
    ["before the work, which is not done", "before", 0],
    ["during the answer, with the work done", "during", 1],
    ["after the work, and loses the answer", "after", 1],
  ] as const)("cuts the connection %s", async (_name, cut, created) => {
    const { v1, simulator } = atlas
    simulator.addFault({ match: { method: "POST" }, fault: { cut }, times: 1 })
    await expect(v1("POST", peers, body)).rejects.toThrow(/fetch failed|terminated/)
    expect(peerCount()).toBe(created)
    expect(simulator.calls().total).toMatchObject({ calls: 0, requests: 2, challenges: 1, cut: 1 })
    expect((await v1("POST", peers, body)).status).toBe(created === 0 ? 201 : 409)
  })

  it("begins another one when it is first used", async () => {
    const { v1, simulator } = atlas
    const silence = { match: { method: "GET" }, fault: { cut: "before" } }
    simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" }, times: 1, next: silence })
    expect((await v1("GET", peers)).status).toBe(200)
    await expect(v1("POST", peers, body)).rejects.toThrow(/fetch failed|terminated/)
    await expect(v1("GET", peers)).rejects.toThrow("fetch failed")
    expect(simulator.faults()).toEqual([{ ...silence, times: null }])
    simulator.clearFaults()
    expect(((await v1("GET", `${peers}?providerName=GCP`)).json["results"] as unknown[]).length).toBe(1)
  })

  it("sends the head and half the body when it cuts during the answer", async () => {
    atlas.simulator.addFault({ fault: { cut: "during" }, times: 1 })
    const uri = `/api/atlas/v1.0${peers}`
    const nonce = nonceOf(await send(atlas.origin, "GET", uri))
    const authorization = toAuthorization({ ...ownerKey, method: "GET", uri, nonce, nc: "00000001" })
    const response = await fetch(atlas.origin + uri, { headers: { Authorization: authorization } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow("terminated")
  })

  it("delays an answer by real time until the simulator closes", async () => {
    const { v1, simulator } = await startTestSimulator({ scenario: "documentation" })
    simulator.addFault({ fault: { delayMs: 600_000 }, times: 1 })
    const delayed = v1("GET", peers)
    await vi.waitFor(
      () => {
        expect(simulator.faults()).toEqual([])
      },
      { timeout: 20_000 },
    )
    expect((await v1("GET", peers)).status).toBe(200)
    await simulator.close()
    await expect(delayed).rejects.toThrow("fetch failed")
  })

  it("revokes a key at once or on its next use, until faults are cleared", async () => {
    const { v1, simulator } = atlas
    simulator.addFault({ fault: { revokeKey: "simowner" } })
    expect((await v1("GET", peers)).text.length).toBe(142)
    simulator.clearFaults()
    simulator.addFault({ match: { method: "POST" }, fault: { revokeKey: true } })
    expect((await v1("GET", peers)).status).toBe(200)
    expect((await v1("POST", peers, body)).status).toBe(401)
    expect((await v1("GET", peers)).status).toBe(401)
    expect(peerCount()).toBe(0)
    expect(() => simulator.addFault({ fault: { revokeKey: "nobody" } })).toThrow("there is no key nobody")
  })

  it("makes nonces stale at once or for a matching request", async () => {
    const { simulator, origin } = atlas
    const uri = `/api/atlas/v1.0${peers}`
    const sign = (nonce: string, nc: string) =>
      send(origin, "GET", uri, {
        headers: { Authorization: toAuthorization({ ...ownerKey, method: "GET", uri, nonce, nc }) },
      })
    const nonce = nonceOf(await send(origin, "GET", uri))
    expect((await sign(nonce, "00000001")).status).toBe(200)
    simulator.addFault({ fault: { staleNonces: true } })
    const stale = await sign(nonce, "00000002")
    expect(stale.headers.get("www-authenticate")).toMatch(/stale=true$/)
    simulator.addFault({ match: { path: "peers" }, fault: { staleNonces: true } })
    const again = await sign(nonceOf(stale), "00000001")
    expect(again.headers.get("www-authenticate")).toMatch(/stale=true$/)
    expect((await sign(nonceOf(again), "00000001")).status).toBe(200)
  })
})

describe("parseFaultRule", () => {
  it.each<[unknown, RegExp]>([
    [null, /^body: .*expected object/],
    [{}, /^fault: .*expected object/],
    [{ fault: {} }, /^fault: needs one of/],
    [{ fault: { body: "x" } }, /^fault: needs one of/],
    [{ fault: { status: 99 } }, /^fault.status: .*>=200/],
    [{ fault: { cut: "sideways" } }, /^fault.cut: .*"before"\|"during"\|"after"/],
    [{ fault: { delay: 1 } }, /^fault: .*"delay"/],
    [{ fault: { delayMs: -1 } }, /^fault.delayMs: .*>=0/],
    [{ fault: { staleNonces: false } }, /^fault.staleNonces: .*true/],
    [{ fault: { status: 500 }, times: 0 }, /^times: .*>=1/],
    [{ fault: { status: 500 }, match: "x" }, /^match: .*expected object/],
    [{ fault: { status: 500 }, match: { host: "x" } }, /^match: .*"host"/],
    [{ fault: { status: 500 }, match: { path: "/[/" } }, /[Ii]nvalid regular expression/],
    [{ fault: { status: 500 }, next: { fault: {} } }, /^next.fault: needs one of/],
    [{ fault: { status: 500 }, next: { fault: { status: 500 }, next: {} } }, /^next: .*"next"/],
  ])("refuses %j and names the field", (rule, sentence) => {
    expect(() => parseFaultRule(rule)).toThrow(sentence)
  })
})

describe("createFaults", () => {
  it("takes a path between slashes for a path when it has no special characters", () => {
    const faults = createFaults()
    faults.add({ match: { path: "/peers/" }, fault: { status: 500 }, times: null })
    expect(faults.take("GET", "/groups/x/peers")).toBeNull()
    expect(faults.take("GET", "/groups/x/peers/y")).toEqual({ status: 500 })
  })
})

it("onServed gets what the simulator carried out, with and without an answer, and nothing that a fault stopped", async () => {
  const served: Parameters<NonNullable<SimulatorOptions["onServed"]>>[0][] = []
  const watched = await startTestSimulator({
    scenario: "documentation",
    onServed: (one) => served.push(one),
  })
  const { v1, simulator } = watched
  simulator.addFault({ match: { method: "POST" }, fault: { cut: "before" }, times: 1 })
  await expect(v1("POST", peers, body)).rejects.toThrow("fetch failed")
  simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" }, times: 1 })
  await expect(v1("POST", peers, body)).rejects.toThrow("fetch failed")
  await v1("POST", peers, { ...body, networkName: "test2" })
  await v1("POST", peers, body)
  expect(served.map(({ method, body: sent }) => `${method} ${sent}`)).toEqual(
    [body, { ...body, networkName: "test2" }].map((one) => `POST ${JSON.stringify(one)}`),
  )
  expect(served[0]).toMatchObject({
    publicKey: ownerKey.publicKey,
    projectId: seededIds.documentationProject,
    answer: { networkName: "test1", status: "ADDING_PEER" },
  })
  await simulator.close()
})
