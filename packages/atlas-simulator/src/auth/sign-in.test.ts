import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { demoServiceAccount, ownerKey } from "./demo-credentials.ts"
import { seededIds } from "#world/scenarios.ts"
import { nonceOf, send, toAuthorization } from "#testing-caller.ts"
import type { TestSimulator } from "#testing-simulator.ts"
import { startTestSimulator } from "#testing-simulator.ts"

const path = "/api/atlas/v1.0/groups?pretty=true"

let started: TestSimulator
beforeEach(async () => {
  started = await startTestSimulator()
})
afterEach(() => started.simulator.close())

const freshNonce = async () => nonceOf(await send(started.origin, "GET", path))

async function sendSigned(over: Partial<Parameters<typeof toAuthorization>[0]>) {
  const signature = { ...ownerKey, method: "GET", uri: path, nonce: "", nc: "00000001", ...over }
  return send(started.origin, "GET", path, { headers: { Authorization: toAuthorization(signature) } })
}

const staleness = (seen: { headers: Headers }) =>
  /stale=(\w+)/.exec(seen.headers.get("www-authenticate") ?? "")?.[1]

describe("an unsigned request", () => {
  it("gets the challenge, and the body of the recorded 401 to the byte", async () => {
    const seen = await send(started.origin, "GET", path)
    expect(seen.status).toBe(401)
    expect(seen.headers.get("www-authenticate")).toMatch(
      /^Digest realm="MMS Public API", domain="", nonce="[A-Za-z0-9+/]{32}", algorithm=MD5, qop="auth", stale=false$/,
    )
    expect(seen.headers.get("content-type")).toBe("application/json")
    expect(seen.headers.get("content-length")).toBe("142")
    expect(Object.keys(seen.json)).toEqual(["error", "reason", "detail", "errorCode"])
    expect(seen.json["errorCode"]).toBe("UNEXPECTED_ERROR")
  })

  it("gets another nonce each time", async () => {
    expect(await freshNonce()).not.toBe(await freshNonce())
  })

  it("is challenged on unknown paths and methods too, and for a version there is none of", async () => {
    for (const target of ["/api/atlas/v1.0/nothing", "/api/atlas/v3", "/api/atlas", "/api/atlas/v2/groups"]) {
      expect((await send(started.origin, "PUT", target)).status).toBe(401)
    }
  })

  it("gets its 401 without its body being read", async () => {
    const seen = await send(started.origin, "POST", path, { body: "x".repeat(2_000_000) })
    expect(seen.status).toBe(401)
  })
})

describe("a signed request", () => {
  it("may use a nonce again with counts that have not been used", async () => {
    const nonce = await freshNonce()
    for (const nc of ["00000001", "00000003", "00000002", "0000000a"]) {
      expect((await sendSigned({ nonce, nc })).status).toBe(200)
    }
    const replayed = await sendSigned({ nonce, nc: "0000000a" })
    expect([replayed.status, staleness(replayed)]).toEqual([401, "false"])
  })

  it("is told that the nonce is stale after sixty seconds and from count 400 on", async () => {
    const nonce = await freshNonce()
    expect(staleness(await sendSigned({ nonce, nc: "00000400" }))).toBe("true")
    started.passRealTime(60_000)
    const late = await sendSigned({ nonce })
    expect(staleness(late)).toBe("true")
    expect((await sendSigned({ nonce: nonceOf(late) })).status).toBe(200)
  })

  it("keeps its nonce while simulated time races ahead", async () => {
    const nonce = await freshNonce()
    started.simulator.advance(7 * 24 * 3600)
    expect((await sendSigned({ nonce })).status).toBe(200)
  })

  it.each([
    ["a wrong secret", { privateKey: "wrong" }],
    ["a key there is none of", { publicKey: "nobodyxx" }],
    ["count zero", { nc: "00000000" }],
    ["another target", { uri: "/api/atlas/v1.0/groups?pretty=false" }],
    ["the path without its query", { uri: "/api/atlas/v1.0/groups" }],
    ["another method", { method: "POST" }],
  ])("is refused with %s, in the words of a missing signature", async (_name, over) => {
    const seen = await sendSigned({ nonce: await freshNonce(), ...over })
    expect([seen.status, staleness(seen), seen.text.length]).toEqual([401, "false", 142])
  })

  it("may leave the query out of the uri where the stand-in is told to be lenient", async () => {
    await started.simulator.close()
    started = await startTestSimulator({ uriCheck: "path" })
    expect((await sendSigned({ nonce: await freshNonce(), uri: "/api/atlas/v1.0/groups" })).status).toBe(200)
    expect((await sendSigned({ nonce: await freshNonce(), uri: "/api/atlas/v1.0/other" })).status).toBe(401)
  })
})

describe("a key", () => {
  const payments = `/groups/${seededIds.payments}/peers`

  it("that may only read sees all projects and changes none", async () => {
    const reader = started.callAs("simreads", "fa4e0000-0000-4000-8000-000000000002")
    expect((await reader("GET", payments)).status).toBe(200)
    const refused = await reader("POST", payments, {})
    expect([refused.status, refused.json["errorCode"]]).toEqual([401, "USER_UNAUTHORIZED"])
    expect(refused.headers.get("www-authenticate")).toBeNull()
  })

  it("of some projects sees those, and is told of no other", async () => {
    const scoped = started.callAs("simscope", "fa4e0000-0000-4000-8000-000000000003")
    const { json } = await scoped("GET", "/groups")
    expect(json["totalCount"]).toBe(2)
    const other = await scoped("GET", `/groups/${seededIds.emptySandbox}`)
    expect([other.status, other.json["errorCode"]]).toEqual([401, "NOT_IN_GROUP"])
    expect((await scoped("POST", payments, {})).json["errorCode"]).toBe("USER_UNAUTHORIZED")
    expect((await scoped("POST", `/groups/${seededIds.analytics}/peers`, {})).status).toBe(400)
  })

  it("with an access list is refused from anywhere else, and without one where one is wanted", async () => {
    const walled = await started.callAs("simwalls", "fa4e0000-0000-4000-8000-000000000004")("GET", "/groups")
    expect([walled.status, walled.json["errorCode"], walled.json["parameters"]]).toEqual([
      403,
      "IP_ADDRESS_NOT_ON_ACCESS_LIST",
      ["127.0.0.1"],
    ])
    const listless = await started.callAs("simnolis", "fa4e0000-0000-4000-8000-000000000005")(
      "GET",
      "/groups",
    )
    expect(listless.json["errorCode"]).toBe("ORG_REQUIRES_ACCESS_LIST")
  })

  it("is described by the root", async () => {
    const { json } = await started.v1("GET", "")
    expect(Object.keys(json)).toEqual(["apiKey", "appName", "build", "links", "throttling"])
    expect(json).toMatchObject({
      appName: "MongoDB Atlas",
      throttling: false,
      apiKey: { publicKey: "simowner" },
    })
  })
})

describe("a service account", () => {
  const { clientId, clientSecret } = demoServiceAccount
  const basic = (secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`
  const askForToken = (secret: string, body = "grant_type=client_credentials") =>
    send(started.origin, "POST", "/api/oauth/token", {
      headers: { Authorization: basic(secret), "Content-Type": "application/x-www-form-urlencoded" },
      body,
    })
  const use = (token: string, version = "v2") =>
    send(started.origin, "GET", `/api/atlas/${version}/groups`, {
      headers: { Authorization: `Bearer ${token}`, Accept: "application/vnd.atlas.2023-01-01+json" },
    })

  it("gets a token for an hour that v2 takes and v1.0 does not", async () => {
    const { status, json } = await askForToken(clientSecret)
    expect([status, json["token_type"], json["expires_in"]]).toEqual([200, "Bearer", 3600])
    const token = String(json["access_token"])
    expect((await use(token)).status).toBe(200)
    expect((await use(token, "v1.0")).status).toBe(401)
    started.passRealTime(3600_000)
    expect((await use(token)).status).toBe(401)
  })

  it("is refused with a wrong secret, another grant, and after ten tries in a minute", async () => {
    expect((await askForToken("wrong")).json["error"]).toBe("invalid_client")
    expect((await askForToken(clientSecret, "grant_type=password")).json["error"]).toBe(
      "unsupported_grant_type",
    )
    for (let index = 0; index < 8; index++) await askForToken("wrong")
    const limited = await askForToken(clientSecret)
    expect([limited.status, limited.json["errorCode"]]).toEqual([429, "RATE_LIMITED"])
    started.passRealTime(60_000)
    expect((await askForToken(clientSecret)).status).toBe(200)
  })
})
