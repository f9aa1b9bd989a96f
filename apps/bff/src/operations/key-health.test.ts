import { createJsonBodyReader } from "#http/json-body.ts"
import { createApiRouter } from "#http/api-router.ts"
import { inspect } from "node:util"
import {
  createDemoKeys,
  createSimulator,
  demoServiceAccount,
  ownerKey,
  seededIds,
  type Simulator,
} from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  KeyHealthReport,
  ProjectList,
  type KeyReport,
  routes,
  type RouteMethod,
} from "@peering-desk/shared-schemas"
import type { RequestHandler } from "express"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createAtlasClients } from "#atlas/atlas-clients.ts"
import type { AuditEvent } from "#audit/audit-events.ts"
import { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { respondJson, startDigestServer, testingKey } from "#test/support/digest-server.ts"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { ProjectCache } from "#projects/project-cache.ts"
import { createProjectHandlers } from "#projects/project-routes.ts"
import { NewSecrets } from "./new-secrets.ts"
import { createKeyHealthHandlers } from "./key-health-routes.ts"
import { KeyHealth } from "./key-health.ts"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"

const { analytics, emptySandbox, payments } = seededIds
const demo = new Map(createDemoKeys().map((key) => [key.publicKey, key]))
const secretOf = (publicKey: string) => demo.get(publicKey)?.privateKey ?? ""
const keyOf = (publicKey: string, projects: readonly string[] | "*" = "*") =>
  new AtlasCredential(publicKey, { publicKey, privateKey: secretOf(publicKey) }, projects)

let simulator: Simulator
let atlasOrigin: string
let clock: TestingClock
let server: TestingServer | null
let logs: string[]
let audited: AuditEvent[]
const asker = {
  actor: { issuer: "https://sso.example", subject: "olivia", name: "Olivia" },
  address: "192.0.2.7",
}
const letIn: RequestHandler = (_request, _response, next) => next()

beforeEach(async () => {
  simulator = createSimulator({ speed: 0 })
  atlasOrigin = (await simulator.listen()).origin
  clock = createTestingClock()
  server = null
  logs = []
  audited = []
})
afterEach(async () => {
  await server?.close()
  await simulator.close()
})

async function start(
  credentials: AtlasCredential[],
  { admit = letIn, baseUrl = atlasOrigin, apiVersion = "v1.0" as "v1.0" | "2023-01-01" } = {},
) {
  const logger = createLogger("trace", { write: (line: string) => void logs.push(line) })
  const clients = createAtlasClients({ baseUrl, apiVersion, credentials, logger, clock })
  const audit = {
    record(event: AuditEvent) {
      audited.push(event)
      return Promise.resolve()
    },
  }
  const keyHealth = new KeyHealth({ clients, audit, clock, logger })
  const newSecrets = new NewSecrets({ clients, readCredentials: () => credentials, clock, logger })
  const handlers = {
    ...createKeyHealthHandlers({ keyHealth, newSecrets, audit, actorOf: () => asker }),
    ...createProjectHandlers({
      projectCache: new ProjectCache({ atlas: clients, clock }),
      rightsIn: (projectId) => keyHealth.rightsIn(projectId),
      maySee: () => true,
      needsOf: () => ({}),
    }),
  }
  const guard = ({ access }: RouteMethod) => (access === "global-administrator" ? [admit] : [])
  server = await serveHandlers(
    createApiRouter(routes, handlers, { guard, readBody: createJsonBodyReader(64) }),
  )
  const { origin } = server
  const ask = async (method: string, path: string) => (await fetch(`${origin}${path}`, { method })).json()
  return {
    clients,
    keyHealth,
    origin,
    read: async () => KeyHealthReport.parse(await ask("GET", apiUrls.keys())).keys,
    testNow: async () => KeyHealthReport.parse(await ask("POST", apiUrls.testKeys())).keys,
    projects: async () => ProjectList.parse(await ask("GET", apiUrls.projects())).projects,
  }
}

describe("key health", () => {
  test("shows only the configuration before the first test", async () => {
    const { read, projects } = await start([keyOf("simowner"), keyOf("simscope", [analytics])])
    expect(await read()).toMatchObject([
      {
        label: "simowner",
        maskedId: "si…wner",
        kind: "digest",
        serves: "*",
        checkedAt: null,
        problem: null,
        roles: null,
      },
      { label: "simscope", serves: [analytics], checkedAt: null },
    ])
    expect((await projects()).map(({ keyMayCreate }) => keyMayCreate)).not.toContain("yes")
    expect(simulator.calls().rows.filter(({ path, calls }) => calls > 0 && path.endsWith("/v1.0"))).toEqual(
      [],
    )
  })

  test("shows roles, projects, access list and test time of each credential", async () => {
    const { testNow, read } = await start([keyOf("simowner"), keyOf("simscope", [analytics, payments])])
    const keys = await testNow()
    expect(keys).toEqual(await read())
    expect(keys).toMatchObject([
      {
        roles: [{ roleName: "ORG_OWNER", projectId: null }],
        accessListSays: "Usable from any IPv4 address.",
        shortcomings: [],
        problem: null,
        checkedAt: "2026-01-15T12:00:00.000Z",
      },
      {
        roles: [
          { roleName: "GROUP_OWNER", projectId: analytics, orgId: null },
          { roleName: "GROUP_READ_ONLY", projectId: payments, orgId: null },
        ],
      },
    ])
    const reach = keys.map((key) => key.reach?.map(({ id }) => id))
    expect(reach[0]).toContain(emptySandbox)
    expect(reach[0]).not.toContain(payments)
    expect(new Set(reach[1])).toEqual(new Set([analytics, payments]))
  })

  test("shows which projects a credential may not create in, and which it cannot see", async () => {
    const { testNow } = await start([keyOf("simscope", [analytics, payments, emptySandbox])])
    expect((await testNow())[0]?.shortcomings).toEqual([
      {
        projectId: payments,
        says: '"simscope" cannot create connections in payments-prod: it has GROUP_READ_ONLY there. Give it the role Project Network Access Manager (GROUP_NETWORK_ACCESS_MANAGER) on that project, or Project Owner (GROUP_OWNER) to create containers too.',
      },
      { projectId: emptySandbox, says: expect.stringContaining("does not see it") },
    ])
  })

  test("is part of the project list, for the form", async () => {
    const { testNow, projects } = await start([keyOf("simreads"), keyOf("simscope", [analytics, payments])])
    await testNow()
    const told = new Map((await projects()).map(({ id, keyMayCreate }) => [id, keyMayCreate]))
    expect([told.get(analytics), told.get(payments), told.get(emptySandbox)]).toEqual(["yes", "no", "no"])
  })

  test("tells a key that may peer from one that may also create containers", async () => {
    const { testNow, projects } = await start([keyOf("simpeers", [payments]), keyOf("simowner")])
    const [manager, owner] = await testNow()
    const reach = [{ id: payments, keyMayCreate: "in-existing-containers" }]
    expect(manager).toMatchObject({ reach, shortcomings: [] })
    expect(new Set(owner?.reach?.map(({ keyMayCreate }) => keyMayCreate))).toEqual(new Set(["yes"]))
    const told = new Map((await projects()).map(({ id, keyMayCreate }) => [id, keyMayCreate]))
    expect([told.get(payments), told.get(emptySandbox)]).toEqual(["in-existing-containers", "yes"])
  })

  test("shows what Atlas will withdraw and how much is left of a limit, without another test", async () => {
    const { clients, read, testNow } = await start([keyOf("simowner")], { apiVersion: "2023-01-01" })
    simulator.addFault({
      match: { path: "/peers" },
      fault: { headers: { Sunset: "Thu, 1 Jul 2027 00:00:00 GMT" } },
    })
    expect((await testNow())[0]).toMatchObject({
      deprecations: [],
      lowestLimit: { remaining: 299, limit: 300 },
    })
    await clients.listPeers(payments, "AWS")
    expect((await read())[0]?.deprecations).toEqual([
      { resource: "GET /groups/{id}/peers", deprecatedAt: null, sunsetAt: "2027-07-01T00:00:00.000Z" },
    ])
  })

  test("forgets a replaced credential", async () => {
    const { clients, keyHealth, testNow, read } = await start([keyOf("simscope")])
    await testNow()
    expect(keyHealth.rightsIn(payments).keyMayCreate).toBe("no")
    await clients.replaceCredentials([keyOf("simowner")])
    expect([(await read())[0]?.checkedAt, keyHealth.rightsIn(payments).keyMayCreate]).toEqual([
      null,
      "unknown",
    ])
    await testNow()
    expect(keyHealth.rightsIn(payments).keyMayCreate).toBe("yes")
  })

  test("shares one test between simultaneous callers, but not across a replacement", async () => {
    const { clients, keyHealth } = await start([keyOf("simscope")])
    const [one, other] = [keyHealth.testAll(), keyHealth.testAll()]
    const replaced = clients.replaceCredentials([keyOf("simowner")])
    const after = keyHealth.testAll()
    await Promise.all([one, other, replaced])
    const [key] = await after
    expect([key?.label, key?.problem, typeof key?.checkedAt]).toEqual(["simowner", null, "string"])
    expect(simulator.calls().rows.filter(({ path }) => path.endsWith("/v1.0"))).toMatchObject([{ calls: 2 }])
  })
})

describe("a refused credential", () => {
  const failing = async (
    credential: AtlasCredential,
    options: Parameters<typeof start>[1] = {},
  ): Promise<KeyReport["problem"]> => {
    const { testNow } = await start([credential], options)
    const [key] = await testNow()
    expect(key).toMatchObject({ roles: null, reach: null, checkedAt: "2026-01-15T12:00:00.000Z" })
    expect(logs.some((line) => line.includes("failed its test"))).toBe(true)
    return key?.problem ?? null
  }

  test("explains keys whose halves do not belong together [G2]", async () => {
    const wrong = new AtlasCredential("prod", { ...ownerKey, privateKey: "wrong" }, "*")
    expect(await failing(wrong)).toMatchObject({
      code: "atlas_keys_refused",
      means: expect.stringContaining("or the private key doesn't match"),
      fix: expect.stringContaining("API Keys"),
      atlas: { status: 401 },
    })
  })

  test("names the access list to fix and the address that Atlas saw [G1]", async () => {
    expect(await failing(keyOf("simwalls"))).toMatchObject({
      code: "atlas_address_refused",
      addressSeen: "127.0.0.1",
      means: expect.stringContaining("from this server's address 127.0.0.1"),
      fix: expect.stringMatching(
        /^Add 127\.0\.0\.1\/32 to the API key's own API access list.*A project's IP access list is a different one/,
      ),
      atlas: { status: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST" },
    })
  })

  test("names the access list to create and the address that Atlas saw", async () => {
    expect(await failing(keyOf("simnolis"))).toMatchObject({
      code: "atlas_address_refused",
      addressSeen: "127.0.0.1",
      means: expect.stringContaining("from this server's address 127.0.0.1"),
      fix: expect.stringMatching(/^Add 127\.0\.0\.1\/32 to the API key's own API access list/),
      atlas: { status: 403, errorCode: "ORG_REQUIRES_ACCESS_LIST" },
    })
  })

  test("asks for this server's address where Atlas names none", async () => {
    const atlas = await startDigestServer({
      handle: (_request, response) =>
        respondJson(response, 403, { error: 403, errorCode: "ORG_REQUIRES_ACCESS_LIST", parameters: [] }),
    })
    expect(
      await failing(new AtlasCredential("prod", testingKey, "*"), { baseUrl: atlas.origin }),
    ).toMatchObject({
      addressSeen: null,
      means: expect.stringContaining("requires an API access list"),
      fix: expect.stringContaining("Add this server's address to the API key's own"),
    })
    await atlas.close()
  })

  test("says what to renew for a service account without a token", async () => {
    const account = { ...demoServiceAccount, clientSecret: "mdb_sa_sk_wrong" }
    expect(
      await failing(new AtlasCredential("sa", account, "*"), { apiVersion: "2023-01-01" }),
    ).toMatchObject({
      code: "atlas_keys_refused",
      means: expect.stringContaining("secret has expired"),
      fix: expect.stringContaining("Service Accounts"),
      atlas: { status: 401, errorCode: "invalid_client" },
    })
  })

  test("is not reported as refused while Atlas is unreachable", async () => {
    expect(await failing(keyOf("simowner"), { baseUrl: "http://127.0.0.1:1" })).toMatchObject({
      code: "atlas_unreachable",
      means: expect.stringContaining("The API key was not tested"),
      fix: expect.stringContaining("firewall"),
    })
  })

  test("is reported as not tested when Atlas answers with an error", async () => {
    simulator.addFault({ match: {}, fault: { status: 500 } })
    expect(await failing(keyOf("simowner"))).toMatchObject({
      code: "atlas_failed",
      means: "Atlas returned an error. The API key was not tested.",
    })
  })

  test("shows an IPv6 address also as a CIDR", async () => {
    const atlas = await startDigestServer({
      handle: (_request, response) =>
        respondJson(response, 403, {
          error: 403,
          errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST",
          parameters: ["2001:db8::7"],
        }),
    })
    const problem = await failing(new AtlasCredential("prod", testingKey, "*"), { baseUrl: atlas.origin })
    await atlas.close()
    expect(problem?.fix).toContain("Add 2001:db8::7/128 to")
  })
})

test("a key without described rights is healthy with unknown rights", async () => {
  const atlas = await startDigestServer({
    handle: ({ url }, response) => {
      if (url.includes("/groups"))
        respondJson(response, 200, { results: [{ id: payments, name: "payments" }] })
      else respondJson(response, 404, { error: 404, errorCode: "RESOURCE_NOT_FOUND" })
    },
  })
  const { testNow } = await start([new AtlasCredential("prod", testingKey, "*")], { baseUrl: atlas.origin })
  const keys = await testNow()
  await atlas.close()
  expect(keys).toMatchObject([
    {
      problem: null,
      roles: null,
      accessList: null,
      reach: [{ id: payments, keyMayCreate: "unknown" }],
      shortcomings: [],
    },
  ])
})

describe("the audit log", () => {
  const told = (verdict: string, who: object = { actor: null, address: null }) => ({
    ...who,
    action: "key-tested",
    detail: { label: "simowner", publicKey: "si…wner", verdict },
  })

  test("records the server's own tests when their outcome changes", async () => {
    const { keyHealth } = await start([keyOf("simowner")])
    for (let times = 0; times < 3; times += 1) await keyHealth.testAll()
    expect(audited).toEqual([told("works")])
    simulator.addFault({ match: { method: "GET", path: "/groups" }, fault: { status: 500 }, times: 1 })
    await keyHealth.testAll()
    await keyHealth.testAll()
    await keyHealth.testAll()
    expect(audited).toEqual([told("works"), told("failed: Atlas returned an error"), told("works")])
  })

  test("records every requested test with its requester", async () => {
    const { keyHealth, testNow } = await start([keyOf("simowner")])
    await keyHealth.testAll()
    await Promise.all([testNow(), testNow()])
    expect(audited).toEqual([told("works"), told("works", asker), told("works", asker)])
  })
})

test("key health is closed to callers without the right", async () => {
  const { origin } = await start([keyOf("simowner")], {
    admit: () => {
      throw new AppError("not_found")
    },
  })
  expect((await fetch(`${origin}/api/keys`)).status).toBe(404)
  expect((await fetch(`${origin}/api/keys/test`, { method: "POST" })).status).toBe(404)
  expect((await fetch(`${origin}/api/keys/test`)).status).toBe(405)
  expect(simulator.calls().total.requests).toBe(0)
})

test("reports, logs and objects hold no secret, and reports no whole public key", async () => {
  const { clientId, clientSecret } = demoServiceAccount
  const credentials = [...demo.keys()].map((publicKey) => keyOf(publicKey))
  credentials.push(new AtlasCredential("sa", { clientId, clientSecret }, [analytics]))
  const { clients, keyHealth, testNow } = await start(credentials, { apiVersion: "2023-01-01" })
  const keys = JSON.stringify(await testNow())
  const everything =
    keys +
    logs.join() +
    (server?.logs.join() ?? "") +
    inspect([clients, keyHealth], { depth: Infinity, showHidden: true })
  for (const secret of [clientSecret, ...[...demo.values()].map(({ privateKey }) => privateKey)])
    expect(everything).not.toContain(secret)
  expect(everything).not.toMatch(/simulated\.|Bearer [^[]/)
  expect(keys).not.toContain(clientId)
})
