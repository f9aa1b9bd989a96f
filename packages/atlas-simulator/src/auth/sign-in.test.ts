import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"

import { demoServiceAccount, ownerKey } from "./demo-credentials.ts"
import { orgId, seededIds } from "#world/seeded-ids.ts"
import { nonceOf, send, toAuthorization } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const path = "/api/atlas/v1.0/groups?pretty=true"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const freshNonce = async () => nonceOf(await send(atlas.origin, "GET", path))

async function sendSigned(over: Partial<Parameters<typeof toAuthorization>[0]>) {
  const signature = { ...ownerKey, method: "GET", uri: path, nonce: "", nc: "00000001", ...over }
  return send(atlas.origin, "GET", path, { headers: { Authorization: toAuthorization(signature) } })
}

const staleness = (answer: { headers: Headers }) =>
  /stale=(\w+)/.exec(answer.headers.get("www-authenticate") ?? "")?.[1]

describe("an unsigned request", () => {
  it("gets the challenge and the recorded 401 body byte for byte", async () => {
    const seen = await send(atlas.origin, "GET", path)
    expect(seen.status).toBe(401)
    expect(seen.headers.get("www-authenticate")).toMatch(
      /^Digest realm="MMS Public API", domain="", nonce="[A-Za-z0-9+/]{32}", algorithm=MD5, qop="auth", stale=false$/,
    )
    expect(seen.headers.get("content-type")).toBe("application/json")
    expect(seen.headers.get("content-length")).toBe("142")
    expect(Object.keys(seen.json)).toEqual(["error", "reason", "detail", "errorCode"])
    expect(seen.json["errorCode"]).toBe("UNEXPECTED_ERROR")
  })

  it("gets the proxy's time from v2 and not from v1.0, as recorded", async () => {
    const timeOf = async (version: string) =>
      (await send(atlas.origin, "GET", `/api/atlas/${version}/groups`)).headers.get(
        "x-envoy-upstream-service-time",
      )
    expect([await timeOf("v1.0"), await timeOf("v2")]).toEqual([null, expect.stringMatching(/^\d+$/)])
  })

  it("gets another nonce each time", async () => {
    expect(await freshNonce()).not.toBe(await freshNonce())
  })

  it("is challenged on unknown paths, methods and versions too", async () => {
    for (const target of ["/api/atlas/v1.0/nothing", "/api/atlas/v3", "/api/atlas", "/api/atlas/v2/groups"]) {
      expect((await send(atlas.origin, "PUT", target)).status).toBe(401)
    }
  })

  it("gets its 401 before its body is read", async () => {
    const seen = await send(atlas.origin, "POST", path, { body: "x".repeat(2_000_000) })
    expect(seen.status).toBe(401)
  })
})

describe("a signed request", () => {
  it("may reuse a nonce with unused counts", async () => {
    const nonce = await freshNonce()
    for (const nc of ["00000001", "00000003", "00000002", "0000000a"]) {
      expect((await sendSigned({ nonce, nc })).status).toBe(200)
    }
    const replayed = await sendSigned({ nonce, nc: "0000000a" })
    expect([replayed.status, staleness(replayed)]).toEqual([401, "false"])
  })

  it("gets stale=true after sixty seconds and from count 400 on", async () => {
    const nonce = await freshNonce()
    expect(staleness(await sendSigned({ nonce, nc: "00000400" }))).toBe("true")
    atlas.advanceRealTime(60_000)
    const late = await sendSigned({ nonce })
    expect(staleness(late)).toBe("true")
    expect((await sendSigned({ nonce: nonceOf(late) })).status).toBe(200)
  })

  it("keeps its nonce when simulated time jumps ahead", async () => {
    const nonce = await freshNonce()
    atlas.simulator.advance(7 * 24 * 3600)
    expect((await sendSigned({ nonce })).status).toBe(200)
  })

  it.each([
    ["a wrong secret", { privateKey: "wrong" }],
    ["an unknown key", { publicKey: "nobodyxx" }],
    ["count zero", { nc: "00000000" }],
    ["the target without its query", { uri: "/api/atlas/v1.0/groups" }],
    ["another target", { uri: "/api/atlas/v1.0/groups?pretty=false" }],
    ["the path without its query", { uri: "/api/atlas/v1.0/groups" }],
    ["another method", { method: "POST" }],
  ])("is refused with %s like an unsigned one", async (_name, over) => {
    const seen = await sendSigned({ nonce: await freshNonce(), ...over })
    expect([seen.status, staleness(seen), seen.text.length]).toEqual([401, "false", 142])
  })
})

describe("an API key", () => {
  const payments = `/groups/${seededIds.payments}/peers`

  it("sees all projects and changes none when it is read-only", async () => {
    const reader = atlas.callAs("simreads", "fa4e0000-0000-4000-8000-000000000002")
    expect((await reader("GET", payments)).status).toBe(200)
    const refused = await reader("POST", payments, {})
    expect([refused.status, refused.json["errorCode"]]).toEqual([401, "USER_UNAUTHORIZED"])
    expect(refused.headers.get("www-authenticate")).toBeNull()
  })

  it("sees only the projects it has a role on", async () => {
    const scoped = atlas.callAs("simscope", "fa4e0000-0000-4000-8000-000000000003")
    const { json } = await scoped("GET", "/groups")
    expect(json["totalCount"]).toBe(2)
    const other = await scoped("GET", `/groups/${seededIds.emptySandbox}`)
    expect([other.status, other.json["errorCode"]]).toEqual([401, "NOT_IN_GROUP"])
    expect((await scoped("POST", payments, {})).json["errorCode"]).toBe("USER_UNAUTHORIZED")
    expect((await scoped("POST", `/groups/${seededIds.analytics}/peers`, {})).status).toBe(400)
  })

  it("gets 403 outside its access list, and with an empty one", async () => {
    const restricted = await atlas.callAs("simwalls", "fa4e0000-0000-4000-8000-000000000004")(
      "GET",
      "/groups",
    )
    expect([restricted.status, restricted.json["errorCode"], restricted.json["parameters"]]).toEqual([
      403,
      "IP_ADDRESS_NOT_ON_ACCESS_LIST",
      ["127.0.0.1"],
    ])
    const empty = await atlas.callAs("simnolis", "fa4e0000-0000-4000-8000-000000000005")("GET", "/groups")
    expect(empty.json).toMatchObject({ errorCode: "ORG_REQUIRES_ACCESS_LIST", parameters: ["127.0.0.1"] })
  })

  it("lets a network access manager change peers and the access list, and nothing that takes an owner", async () => {
    const manager = atlas.callAs("simpeers", "fa4e0000-0000-4000-8000-000000000006")
    const project = `/groups/${seededIds.payments}`
    expect((await manager("POST", `${project}/peers`, {})).json["errorCode"]).toBe("MISSING_ATTRIBUTE")
    expect((await manager("POST", `${project}/accessList`, [{ ipAddress: "203.0.113.7" }])).status).toBe(201)
    const [peer] = (await manager("GET", `${project}/peers`)).json["results"] as { id: string }[]
    expect((await manager("DELETE", `${project}/peers/${peer?.id}`)).status).toBe(202)
    for (const [method, path] of [
      ["POST", "containers"],
      ["PATCH", `containers/${"0".repeat(24)}`],
      ["DELETE", `containers/${"0".repeat(24)}`],
      ["PATCH", "privateIpMode"],
      ["PATCH", "awsCustomDNS"],
    ] as const) {
      const refused = await manager(method, `${project}/${path}`, {})
      expect([path, refused.status, refused.json["errorCode"]]).toEqual([path, 401, "USER_UNAUTHORIZED"])
    }
    expect((await manager("GET", `${project}/containers/all`)).status).toBe(200)
  })

  it("is described by the root resource", async () => {
    const { json } = await atlas.v1("GET", "")
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
  const requestToken = (secret: string, body = "grant_type=client_credentials") =>
    send(atlas.origin, "POST", "/api/oauth/token", {
      headers: { Authorization: basic(secret), "Content-Type": "application/x-www-form-urlencoded" },
      body,
    })
  const use = (token: string, version = "v2") =>
    send(atlas.origin, "GET", `/api/atlas/${version}/groups`, {
      headers: { Authorization: `Bearer ${token}`, Accept: "application/vnd.atlas.2023-01-01+json" },
    })

  it("gets a token for an hour that v2 accepts and v1.0 does not", async () => {
    const { status, json } = await requestToken(clientSecret)
    expect([status, json["token_type"], json["expires_in"]]).toEqual([200, "Bearer", 3600])
    const token = String(json["access_token"])
    expect((await use(token)).status).toBe(200)
    expect((await use(token, "v1.0")).status).toBe(401)
    atlas.advanceRealTime(3600_000)
    expect((await use(token)).status).toBe(401)
  })

  it("is not described by the root resource", async () => {
    const token = String((await requestToken(clientSecret)).json["access_token"])
    const { json } = await send(atlas.origin, "GET", "/api/atlas/v2", {
      headers: { Authorization: `Bearer ${token}`, Accept: "application/vnd.atlas.2023-01-01+json" },
    })
    expect(json).toMatchObject({ apiKey: null, appName: "MongoDB Atlas", throttling: false })
    expect(JSON.stringify(json["links"])).not.toContain("apiKeys")
  })

  it("has secrets that expire, and two of them while the first one ends", async () => {
    const org = `/api/atlas/v2/orgs/${orgId}/serviceAccounts/${clientId}`
    const ask = async (method: string, path: string, token: string, body?: string) =>
      await send(atlas.origin, method, path, {
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: "application/vnd.atlas.2024-08-05+json",
          ...(body !== undefined && { "Content-Type": "application/json" }),
        },
        ...(body !== undefined && { body }),
      })
    const token = String((await requestToken(clientSecret)).json["access_token"])
    const alone = (await ask("GET", org, token)).json["secrets"]
    const first = {
      createdAt: "2026-11-24T12:00:00Z",
      lastUsedAt: "2026-11-24T12:00:00Z",
      maskedSecretValue: "mdb_sa_sk_********only",
    }
    expect(alone).toMatchObject([{ ...first, expiresAt: "2027-11-24T12:00:00Z" }])
    expect(JSON.stringify(alone)).not.toContain(clientSecret)

    const add = (hours: number) =>
      ask("POST", `${org}/secrets`, token, JSON.stringify({ secretExpiresAfterHours: hours }))
    for (const hours of [7, 8_761, 8.5]) expect((await add(hours)).status).toBe(400)
    const { status, json: added } = await add(8)
    expect(status).toBe(201)
    expect((await add(8)).status).toBe(400)
    expect((await ask("GET", org, token)).json["secrets"]).toMatchObject([
      { ...first, expiresAt: "2026-12-01T12:00:00Z" },
      { expiresAt: "2026-11-24T20:00:00Z" },
    ])
    const second = String(added["secret"])
    for (const secret of [clientSecret, second]) expect((await requestToken(secret)).status).toBe(200)
    atlas.simulator.advance(8 * 3600)
    expect((await requestToken(second)).status).toBe(401)
    expect((await ask("GET", org.replace(orgId, "0".repeat(24)), token)).status).toBe(401)
    atlas.reset()
    expect((await requestToken(second)).status).toBe(401)
    expect((await requestToken(clientSecret)).status).toBe(200)
  })

  describe("revoking a token", () => {
    const revoke = (body: string, secret = clientSecret) =>
      send(atlas.origin, "POST", "/api/oauth/revoke", {
        headers: { Authorization: basic(secret), "Content-Type": "application/x-www-form-urlencoded" },
        body,
      })

    it("ends it, and is repeated without harm", async () => {
      const token = String((await requestToken(clientSecret)).json["access_token"])
      expect((await use(token)).status).toBe(200)
      for (const value of [token, token, "unknown"]) {
        const seen = await revoke(`token=${value}&token_type_hint=access_token`)
        expect([seen.status, seen.text]).toEqual([200, ""])
      }
      expect((await use(token)).status).toBe(401)
    })

    it("is refused with a wrong secret or without a token", async () => {
      const token = String((await requestToken(clientSecret)).json["access_token"])
      const wrong = await revoke(`token=${token}`, "wrong")
      expect([wrong.status, wrong.json["error"]]).toEqual([401, "invalid_client"])
      expect((await revoke("")).json["error"]).toBe("invalid_request")
      expect((await use(token)).status).toBe(200)
    })
  })

  it("is refused with a wrong secret, another grant type, and after ten tries in a minute", async () => {
    expect((await requestToken("wrong")).json["error"]).toBe("invalid_client")
    expect((await requestToken(clientSecret, "grant_type=password")).json["error"]).toBe(
      "unsupported_grant_type",
    )
    for (let index = 0; index < 8; index++) await requestToken("wrong")
    const limited = await requestToken(clientSecret)
    expect([limited.status, limited.json["errorCode"]]).toEqual([429, "RATE_LIMITED"])
    atlas.advanceRealTime(60_000)
    expect((await requestToken(clientSecret)).status).toBe(200)
  })
})
