import { createServer } from "node:http"
import { listen, type Listening } from "@peering-desk/test-support/listen"
import { createDemoKeys } from "@peering-desk/atlas-simulator"
import { apiUrls, providerNames } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { toTokenHash } from "#api-tokens/token-text.ts"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import { toSpellings } from "#test/support/canaries.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { projectId, requests } from "#test/support/requests.ts"

const publicKey = "canaryPublic&Key"
const privateKey = "canary/Private+Key=1"
/** The credentials sent to Atlas. */
const authorizations: string[] = []

let desk: TestApp
let stream: EventReader
let apiToken = ""
/** The one answer that shows the token. */
let creation = ""
let atlas: Listening
const atlasServer = createServer((request, response) => {
  if (request.headers.authorization !== undefined) authorizations.push(request.headers.authorization)
  desk.simulator.app(request, response)
})

beforeAll(async () => {
  atlas = await listen(atlasServer)
  desk = await startTestApp({
    simulator: { keys: createDemoKeys({ publicKey, privateKey }) },
    environment: {
      ATLAS_BASE_URL: atlas.origin,
      ATLAS_PUBLIC_KEY: publicKey,
      ATLAS_PRIVATE_KEY: privateKey,
      // The run takes many hours of the clock.
      SESSION_CHECK_MINUTES: "1440",
    },
  })
  apiToken = (await createToken(desk, desk.cookie, { projects: [projectId] })).secret
  creation = desk.answers.pop() ?? ""
  stream = await desk.stream([projectId], { cookie: "", authorization: `Bearer ${apiToken}` })
  await doEverything()
}, 120_000)
afterAll(async () => {
  await desk.close()
  await atlas.close()
})

/** Every call there is, in good times and with every failure. */
async function doEverything(): Promise<void> {
  await readAll()
  for (const cloud of providerNames)
    await desk.create(projectId, requests[cloud], `a-key-for-a-form-of-${cloud}`)
  const quoted = `${privateKey} ${encodeURIComponent(privateKey)} ${Buffer.from(privateKey).toString("base64")}`
  for (const fault of [
    ...[400, 401, 402, 403, 404, 409, 500, 502, 503, 504].map((status) => ({ status })),
    { status: 200, body: "<html>" },
    { status: 200, body: "" },
    { status: 302, body: "" },
    ...(["before", "during", "after"] as const).map((cut) => ({ cut })),
    { staleNonces: true },
    {
      status: 400,
      body: {
        error: 400,
        errorCode: "INVALID_ATTRIBUTE",
        detail: `You sent ${quoted}`,
        parameters: ["vpcId"],
      },
    },
    { status: 400, body: { errorCode: privateKey, detail: `Authorization: ${authorizations.at(-1)}` } },
    {
      status: 403,
      body: { errorCode: "X", detail: `response=${authorizations.at(-1)?.split("response=")[1]}` },
    },
    { retryAfter: 1 },
    { revokeKey: true },
  ])
    await failWith(fault)
  await desk.simulator.close()
  await atlas.close()
  await readAll()
}

async function failWith(fault: object): Promise<void> {
  desk.clock.advance(10 * 60_000)
  // With a path, as those without one are done at once and not at each request.
  desk.simulator.addFault({ match: { path: "/" }, fault, times: 200 })
  await readAll()
  desk.simulator.clearFaults()
  desk.clock.advance(10 * 60_000)
  await readAll()
  desk.simulator.addFault({ match: { method: "POST" }, fault, times: 200 })
  let done = false
  const key = `a-key-for-${JSON.stringify(fault).replaceAll(/\W/g, "").slice(0, 40)}`
  const created = desk.create(projectId, toNextRequest(), key).then(() => {
    done = true
  })
  await vi.waitFor(
    () => {
      desk.clock.advance(1_000)
      expect(done).toBe(true)
    },
    { timeout: 30_000 },
  )
  await created
  desk.simulator.clearFaults()
}

let networks = 0

/** A request that succeeds at any point of the run. */
function toNextRequest() {
  networks += 1
  return {
    ...requests.AWS,
    vpcId: `vpc-0${networks.toString(16).padStart(16, "0")}`,
    routeTableCidrBlock: `10.${100 + networks}.0.0/16`,
  }
}

async function readAll(): Promise<void> {
  for (const path of [
    apiUrls.projects(),
    apiUrls.installation(),
    apiUrls.containers(projectId),
    apiUrls.peerings(projectId),
  ])
    await desk.call("GET", path)
  for (const secret of [apiToken, `${apiToken}x`, `"${apiToken}"`])
    await callByToken(desk, secret, "GET", apiUrls.peerings(projectId))
  await desk.call("GET", apiUrls.apiTokens())
}

const everything = () => [...desk.answers, ...desk.logs, stream.text()].join("\n")

describe("secrets stay hidden in a run with every success and every failure", () => {
  test("everything happened that can happen", () => {
    expect(authorizations.length).toBeGreaterThan(200)
    const codes = new Set(desk.answers.flatMap((answer) => /"code":"(\w+)"/.exec(answer)?.[1] ?? []))
    expect([...codes].toSorted()).toEqual([
      "atlas_address_refused",
      "atlas_failed",
      "atlas_keys_refused",
      "atlas_rate_limited",
      "atlas_refused",
      "atlas_rights_missing",
      "atlas_unreachable",
      "atlas_unreadable",
      "outcome_unknown",
      "token_refused",
    ])
    expect(desk.logs.length).toBeGreaterThan(300)
    expect(stream.messages.length).toBeGreaterThan(10)
    expect(everything()).toContain("[struck out]")
  })

  test.each([
    ["private key", privateKey],
    ["public key", publicKey],
    ["both", `${publicKey}:${privateKey}`],
  ])("the %s is in no answer, no event and no log line, however written", (_, secret) => {
    const text = everything()
    for (const spelling of toSpellings(secret)) {
      expect(spelling.length).toBeGreaterThan(11)
      expect(text.includes(spelling)).toBe(false)
    }
  })

  test("an API token is in the answer that creates it alone, and no hash of it is anywhere", () => {
    expect(creation).toContain(apiToken)
    const text = `${everything()}\n${creation.replaceAll(apiToken, "")}`
    for (const secret of [apiToken, apiToken.slice("peeringdesk_".length), toTokenHash(apiToken)])
      for (const spelling of toSpellings(secret)) expect(text.includes(spelling)).toBe(false)
  })

  test("nothing that was sent to prove who we are is in any of them", () => {
    const text = everything()
    for (const authorization of authorizations) {
      const { response, nonce, cnonce } = Object.fromEntries(
        [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value] as const),
      )
      for (const value of [response, nonce, cnonce, authorization]) {
        expect(value?.length).toBeGreaterThan(15)
        expect(text.includes(value ?? "")).toBe(false)
      }
    }
    expect(text).not.toMatch(/"authorization"|Digest username/i)
  })
})
