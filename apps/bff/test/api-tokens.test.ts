import { randomUUID } from "node:crypto"
import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  idempotencyKeyHeader,
  Peering,
  Problem,
  type CreatedApiToken,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createTokenText } from "#api-tokens/token-text.ts"
import { recogniseTokens } from "#api-tokens/token-requests.ts"
import { queryAudit } from "#audit/audit-query.ts"
import { toSessionCookie } from "#sign-in/session-cookie.ts"
import { callByToken, createToken, listTokens, revoke } from "#test/support/api-tokens.ts"
import { sendRequest, type Answer } from "#test/support/http.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { serveHandlers } from "#test/support/server.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const dayMs = 24 * 60 * 60_000
const { payments, analytics } = seededIds
const list = apiUrls.peerings(payments)

let desk: TestApp
let nadia: string
let ofNadia: CreatedApiToken
beforeAll(async () => {
  desk = await startTestApp({ environment: { TRUST_PROXY: "loopback" } })
  nadia = await desk.signIn("nadia")
  ofNadia = await createToken(desk, nadia, { name: "deploy", projects: [payments] })
})
afterAll(() => desk.close())

/** Calls with an `Authorization` header as it is, and nothing of a browser. */
const callWith = (authorization: string, headers: Record<string, string | undefined> = {}) =>
  callByToken(desk, "", "GET", list, { headers: { authorization, ...headers } })

async function readRows(action: string) {
  const { rows } = await queryAudit(desk.services.store, { limit: "200" })
  return rows.filter((row) => row.action === action)
}

function toCell({ status, text }: Answer): string {
  if (status === 200) return "200"
  return `${status} ${Problem.parse(JSON.parse(text)).code}`
}

describe("a call with a token", () => {
  test("needs no cookie and no header of a browser, and sets no cookie", async () => {
    const answer = await callByToken(desk, ofNadia.secret, "GET", list, {
      headers: { host: "peering-desk.internal:9", origin: "https://elsewhere.example" },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers["set-cookie"]).toBeUndefined()
    expect(answer.headers["cache-control"]).toBe("no-store")
  })

  test("creates a connection, and all that is told of it names the token and its person", async () => {
    const { secret, token } = await createToken(desk, undefined, { name: "terraform", projects: [projectId] })
    const answer = await callByToken(desk, secret, "POST", apiUrls.peerings(projectId), {
      headers: { [idempotencyKeyHeader]: "a-key-that-a-script-made" },
      body: { reason: "Orders move to Atlas", request: requests.AWS },
    })
    expect(answer.status).toBe(201)
    const peering = Peering.parse(answer.json())
    expect(peering.createdBy).toBe("Olivia Marsh (token terraform)")
    const rows = await readRows("peering-create")
    expect(rows.map(({ kind, actor, detail }) => [kind, actor?.name, detail])).toEqual([
      ["outcome", "Olivia Marsh", { byToken: "terraform", byTokenId: token.id }],
      ["attempt", "Olivia Marsh", { ...requests.AWS, byToken: "terraform", byTokenId: token.id }],
    ])
    const timeline = await desk.call("GET", apiUrls.timeline(projectId, peering.id))
    expect(timeline.text).toContain('"by":"Olivia Marsh (token terraform)"')
    const named = await callByToken(desk, secret, "PUT", apiUrls.peeringLabel(projectId, peering.id), {
      body: { label: "orders" },
    })
    expect(named.status).toBe(200)
    expect((await desk.call("GET", apiUrls.activity())).text).toContain("Olivia Marsh (token terraform)")
  })

  test("is refused when the role does not allow it, and recorded with the token", async () => {
    const path = apiUrls.privateIpMode(payments)
    const body = { enabled: true, reason: "Try" }
    const refused = await callByToken(desk, ofNadia.secret, "PATCH", path, { body })
    expect(toCell(refused)).toBe("403 forbidden")
    expect(refused.json()).toMatchObject({
      detail: expect.stringMatching(
        /^This token's role in this project is requester\. This needs administrator\. Use a token with that role, or ask /,
      ) as string,
    })
    expect((await readRows("access-denied"))[0]).toMatchObject({
      actor: { subject: "nadia" },
      detail: { needs: "administrator", byToken: "deploy", byTokenId: ofNadia.token.id },
    })
  })

  test("finds nothing in a project that is not the token's", async () => {
    const { secret } = await createToken(desk, undefined, { projects: [analytics] })
    const hidden = await callByToken(desk, secret, "GET", list)
    expect(toCell(hidden)).toBe("404 project_not_found")
    expect(Problem.parse(hidden.json()).title).toBe("Project not found, or not one that you may see")
    expect(toCell(await callByToken(desk, secret, "GET", apiUrls.peerings(analytics)))).toBe("200")
    const projects = (await callByToken(desk, secret, "GET", apiUrls.projects())).json()
    expect(projects).toMatchObject({ projects: [{ id: analytics }] })
  })

  test("must be JSON where it has a body, as any write", async () => {
    const answer = await callByToken(desk, ofNadia.secret, "POST", list, {
      headers: { "content-type": "text/plain", [idempotencyKeyHeader]: randomUUID() },
      body: "{}",
    })
    expect(toCell(answer)).toBe("415 unsupported_media_type")
  })

  test("is limited by the token alone, and takes nothing of its owner's browser or other tokens", async () => {
    const limited = await startTestApp({
      beside: desk,
      environment: {
        RATE_READS_PER_TOKEN: "2",
        RATE_WRITES_PER_TOKEN: "1",
        RATE_PREFLIGHTS_PER_TOKEN: "1",
        RATE_READS_PER_USER: "9",
      },
    })
    const other = await createToken(desk, nadia, { projects: [payments] })
    const ask = async (secret: string, method: string, path: string) =>
      (await callByToken(limited, secret, method, path, method === "GET" ? {} : { body: {} })).status
    const ofToken = [
      ...[0, 0, 0].map(() => ["GET", list] as const),
      ...[0, 0].map(() => ["POST", apiUrls.containers(payments)] as const),
      ...[0, 0].map(() => ["POST", apiUrls.preflight(payments)] as const),
    ]
    const statuses = []
    for (const [method, path] of ofToken) statuses.push(await ask(ofNadia.secret, method, path))
    expect(statuses).toEqual([200, 200, 429, 400, 429, 400, 429])
    expect(await ask(other.secret, "GET", list)).toBe(200)
    expect((await limited.call("GET", list, { headers: { cookie: nadia } })).status).toBe(200)
    await limited.close()
  })

  test("is noted as its last use once a minute, with its address", async () => {
    const { secret, token } = await createToken(desk, nadia, { projects: [payments] })
    const lastUse = async () => (await listTokens(desk, nadia)).find(({ id }) => id === token.id)
    const call = () => callByToken(desk, secret, "GET", list)
    expect(await lastUse()).toMatchObject({ lastUsedAt: null, lastUsedFrom: null })
    await call()
    const first = new Date(desk.clock.now()).toISOString()
    expect(await lastUse()).toMatchObject({ lastUsedAt: first, lastUsedFrom: "127.0.0.1" })
    desk.clock.advance(59_000)
    await call()
    expect((await lastUse())?.lastUsedAt).toBe(first)
    desk.clock.advance(1_000)
    await call()
    expect((await lastUse())?.lastUsedAt).toBe(new Date(desk.clock.now()).toISOString())
  })
})

describe("a token is accepted only as it was given out", () => {
  const text = createTokenText()
  const changed = (secret: string) => `${secret.slice(0, -1)}${secret.endsWith("a") ? "b" : "a"}`
  const basic = (words: string) => `Basic ${Buffer.from(words).toString("base64")}`

  test.each<[string, (secret: string) => string, string]>([
    ["as Bearer", (secret) => `Bearer ${secret}`, "200"],
    ["in another case of the scheme", (secret) => `bEARER ${secret}`, "200"],
    ["with spaces around, which are no part of a header", (secret) => `  Bearer   ${secret}  `, "200"],
    [
      "with a space inside",
      (secret) => `Bearer ${secret.slice(0, 30)} ${secret.slice(30)}`,
      "401 token_refused",
    ],
    ["with a changed character", (secret) => `Bearer ${changed(secret)}`, "401 token_refused"],
    ["cut off", (secret) => `Bearer ${secret.slice(0, -3)}`, "401 token_refused"],
    ["in quotes", (secret) => `Bearer "${secret}"`, "401 token_refused"],
    ["with something behind it", (secret) => `Bearer ${secret}, Bearer ${secret}`, "401 token_refused"],
    ["that nobody was given", () => `Bearer ${text}`, "401 token_refused"],
    ["without a scheme", (secret) => secret, "401 token_refused"],
    ["in the scheme token", (secret) => `token ${secret}`, "401 token_refused"],
    ["as a Basic password", (secret) => basic(`nadia:${secret}`), "401 token_refused"],
    ["as a Basic name", (secret) => basic(`${secret}:`), "401 token_refused"],
  ])("%s", async (_, write, expected) => {
    const answer = await callWith(write(ofNadia.secret))
    expect(toCell(answer)).toBe(expected)
    if (expected === "200") return
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Peering Desk", error="invalid_token"')
    expect(answer.text).not.toContain(ofNadia.secret.slice(12, 30))
  })

  test("never beside a session's cookie, whether or not they are the same person's", async () => {
    for (const cookie of [nadia, desk.cookie, "peering-desk-session=s%3Amade.up"]) {
      const answer = await callWith(`Bearer ${ofNadia.secret}`, { cookie })
      expect(toCell(answer)).toBe("400 invalid_request")
    }
    expect(toCell(await callWith(`Bearer ${ofNadia.secret}`, { cookie: "balancer=7" }))).toBe("200")
  })

  test("ignores other credentials that a proxy adds to a browser's request", async () => {
    for (const authorization of [
      "Bearer eyJhbGciOiJub25lIn0.e30.",
      "Basic cHJveHk6cHJveHk=",
      "Negotiate YII=",
    ])
      expect(toCell(await callWith(authorization, { cookie: nadia }))).toBe("200")
  })

  test.each([
    ["without an Authorization header", {}],
    ["whose variable is empty", { authorization: "Bearer " }],
    ["of another product", { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }],
  ])("a request %s learns that it has no API token", async (_, headers) => {
    const read = await sendRequest(`${desk.origin}${list}`, "GET", headers, undefined)
    expect(Problem.parse(read.json())).toMatchObject({
      status: 401,
      title: "Not signed in, and no API token in the Authorization header",
    })
    const write = await sendRequest(`${desk.origin}${list}`, "POST", headers, undefined)
    expect(Problem.parse(write.json()).detail).toMatch(/A script sends an API token instead\.$/)
  })

  test("needs https where the server has it, except from this machine", async () => {
    const server = await serveHandlers(
      (request, _response, next) => {
        request.app.set("trust proxy", "loopback")
        next()
      },
      recogniseTokens(toSessionCookie(new URL("https://desk.example"))),
    )
    const ask = async (headers: Record<string, string>) => {
      const all = { authorization: `Bearer ${ofNadia.secret}`, ...headers }
      return Problem.parse((await sendRequest(server.origin, "GET", all, undefined)).json()).detail
    }
    const passed = /is not an address of this server/
    const from = { "x-forwarded-for": "192.0.2.7" }
    expect(await ask(from)).toMatch(/^Send API tokens over https only\. Revoke this one/)
    expect(await ask({ ...from, "x-forwarded-proto": "http" })).toMatch(/^Send API tokens over https only/)
    expect(await ask({ ...from, "x-forwarded-proto": "https" })).toMatch(passed)
    expect(await ask({})).toMatch(passed)
    await server.close()
  })
})

describe("a token that ended", () => {
  test("fails from the next request on, in this process and in another", async () => {
    const { secret, token } = await createToken(desk, nadia, { projects: [payments] })
    const beside = await startTestApp({ beside: desk })
    const ask = async (at: TestApp) => toCell(await callByToken(at, secret, "GET", list))
    expect([await ask(desk), await ask(beside)]).toEqual(["200", "200"])
    // The clock does not move: nothing has to run out first.
    await revoke(desk, nadia, token.id)
    expect([await ask(desk), await ask(beside)]).toEqual(["401 token_refused", "401 token_refused"])
    await beside.close()
  })

  test("is recorded when it is used, once a minute from each place", async () => {
    const { secret, token } = await createToken(desk, nadia, { name: "stolen", projects: [payments] })
    const from = (address: string) =>
      callByToken(desk, secret, "GET", list, { headers: { "x-forwarded-for": address } })
    const places = ["192.0.2.7", "198.51.100.9"]
    for (const place of places) expect(toCell(await from(place))).toBe("200")
    await revoke(desk, nadia, token.id)
    for (const place of [...places, ...places]) {
      const answer = await from(place)
      expect(Problem.parse(answer.json()).detail).toBe("This API token was revoked.")
    }
    const detail = {
      why: "This API token was revoked.",
      token: token.id,
      name: "stolen",
      owner: "Nadia Brandt",
    }
    const rows = (await readRows("token-refused")).filter((row) => row.detail?.["token"] === token.id)
    expect(rows.map((row) => [row.actor, row.address, row.detail])).toEqual([
      [null, places[1], detail],
      [null, places[0], detail],
    ])
  })

  test("counts as a guess, which is limited by address, and a good token does not", async () => {
    const from = { "x-forwarded-for": "203.0.113.5" }
    const statuses = new Set<number>()
    for (let guess = 0; guess < 61; guess += 1)
      statuses.add((await callWith(`Bearer ${createTokenText()}`, from)).status)
    expect([...statuses]).toEqual([401, 429])
    expect(toCell(await callWith(`Bearer ${ofNadia.secret}`, from))).toBe("200")
    const strangers = (await readRows("token-refused")).filter(
      ({ address }) => address === from["x-forwarded-for"],
    )
    expect(strangers.length).toBeLessThanOrEqual(1)
  })

  test("fails once it has expired, and says so", async () => {
    const { secret } = await createToken(desk, undefined, { projects: [payments], expiresInDays: 1 })
    const ask = () => callByToken(desk, secret, "GET", list)
    desk.clock.advance(dayMs - 1)
    expect(toCell(await ask())).toBe("200")
    desk.clock.advance(1)
    const answer = await ask()
    expect(Problem.parse(answer.json())).toMatchObject({
      status: 401,
      detail: "This API token has expired. Create a new one.",
    })
  })
})
