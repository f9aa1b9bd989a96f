import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

import { createFaults, parseFaultRule } from "./faults.ts"
import { seededIds } from "#world/scenarios.ts"
import { nonceOf, send, toAuthorization } from "#testing-caller.ts"
import { ownerKey } from "#auth/demo-credentials.ts"
import type { TestSimulator } from "#testing-simulator.ts"
import { startTestSimulator } from "#testing-simulator.ts"

const peers = `/groups/${seededIds.documentationProject}/peers`
const body = {
  containerId: seededIds.documentationContainer,
  providerName: "GCP",
  gcpProjectId: "my-sample-project-191923",
  networkName: "test1",
}

let started: TestSimulator
beforeEach(async () => {
  started = await startTestSimulator({ scenario: "documentation" })
})
afterEach(() => started.simulator.close())

const peerCount = () => started.simulator.state().projects[0]?.peers.length

describe("a fault", () => {
  it("strikes signed requests that fit, as often as it was asked to", async () => {
    const { v1, simulator } = started
    simulator.addFault({ match: { method: "post", path: "/peers" }, fault: { status: 500 }, times: 2 })
    expect((await v1("GET", peers)).status).toBe(200)
    const first = await v1("POST", peers, body)
    expect([first.status, first.text.length, first.json["errorCode"]]).toEqual([500, 122, "UNEXPECTED_ERROR"])
    expect((await v1("POST", peers, body)).status).toBe(500)
    expect((await v1("POST", peers, body)).status).toBe(201)
  })

  it("stays until it is cleared when no number is given, and picks paths by expression", async () => {
    const { v1, simulator } = started
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

  it("answers what it is given: HTML, a text of another type, JSON, nothing", async () => {
    const { v1, simulator } = started
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

  it("sends what a status usually carries when it is given no body", async () => {
    const { v1, v2, simulator } = started
    const strike = async (fault: object, call = v1) => {
      simulator.addFault({ fault, times: 1 })
      return call("GET", peers)
    }
    expect((await strike({ status: 502 })).headers.get("content-type")).toBe("text/html")
    expect((await strike({ status: 402 })).json["errorCode"]).toBe("NO_PAYMENT_INFORMATION_FOUND")
    expect((await strike({ status: 418 })).json).toMatchObject({ error: 418, parameters: [] })
    expect((await strike({ status: 401 })).headers.get("www-authenticate")).toMatch(/stale=false$/)
    const limited = await strike({ retryAfter: 7 })
    expect([limited.status, limited.headers.get("retry-after"), limited.json["errorCode"]]).toEqual([
      429,
      "7",
      "RATE_LIMITED",
    ])
    const limited2 = await strike({ status: 429, retryAfter: 7 }, v2)
    expect([limited2.headers.get("retry-after"), limited2.json["errorCode"]]).toEqual([
      "7",
      "RATE_LIMITED_TOKEN_BUCKET",
    ])
  })

  it.each([
    ["before the work, which is then not done", "before", 0],
    ["during the answer, with the work done", "during", 1],
    ["after the work, with the answer lost", "after", 1],
  ] as const)("cuts the connection %s", async (_name, cut, made) => {
    const { v1, simulator } = started
    simulator.addFault({ match: { method: "POST" }, fault: { cut }, times: 1 })
    await expect(v1("POST", peers, body)).rejects.toThrow(/fetch failed|terminated/)
    expect(peerCount()).toBe(made)
    expect(simulator.calls().total).toMatchObject({ calls: 0, requests: 2, challenges: 1, cut: 1 })
    expect((await v1("POST", peers, body)).status).toBe(made === 0 ? 201 : 409)
  })

  it("sends the head and half the body when it cuts during the answer", async () => {
    started.simulator.addFault({ fault: { cut: "during" }, times: 1 })
    const uri = `/api/atlas/v1.0${peers}`
    const nonce = nonceOf(await send(started.origin, "GET", uri))
    const authorization = toAuthorization({ ...ownerKey, method: "GET", uri, nonce, nc: "00000001" })
    const response = await fetch(started.origin + uri, { headers: { Authorization: authorization } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow("terminated")
  })

  it("delays an answer by real time, and lets go when the stand-in stops", async () => {
    const { v1, simulator } = started
    simulator.addFault({ fault: { delayMs: 600_000 }, times: 1 })
    const waiting = v1("GET", peers)
    await vi.waitFor(() => {
      expect(simulator.faults()).toEqual([])
    })
    expect((await v1("GET", peers)).status).toBe(200)
    await simulator.close()
    await expect(waiting).rejects.toThrow("fetch failed")
  })

  it("revokes a key at once or when it is next used, until all is cleared", async () => {
    const { v1, simulator } = started
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

  it("makes nonces stale at once or for a request that fits", async () => {
    const { simulator, origin } = started
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

describe("a rule for a fault", () => {
  it.each<[unknown, RegExp]>([
    [null, /body must be/],
    [{}, /fault must be an object/],
    [{ fault: {} }, /needs one of/],
    [{ fault: { body: "x" } }, /needs one of/],
    [{ fault: { status: 99 } }, /fault.status must be/],
    [{ fault: { cut: "sideways" } }, /before, during or after/],
    [{ fault: { delay: 1 } }, /fault.delay is unknown/],
    [{ fault: { delayMs: -1 } }, /fault.delayMs must be/],
    [{ fault: { staleNonces: false } }, /must be true/],
    [{ fault: { status: 500 }, times: 0 }, /times must be/],
    [{ fault: { status: 500 }, match: "x" }, /match must be/],
    [{ fault: { status: 500 }, match: { host: "x" } }, /match.host is unknown/],
    [{ fault: { status: 500 }, match: { path: "/[/" } }, /[Ii]nvalid regular expression/],
  ])("%j is refused with a sentence", (rule, sentence) => {
    expect(() => parseFaultRule(rule)).toThrow(sentence)
  })

  it("takes a path between slashes for a path when nothing in it is special", () => {
    const faults = createFaults()
    faults.add({ match: { path: "/peers/" }, fault: { status: 500 }, times: null })
    expect(faults.take("GET", "/groups/x/peers")).toBeNull()
    expect(faults.take("GET", "/groups/x/peers/y")).toEqual({ status: 500 })
  })
})
