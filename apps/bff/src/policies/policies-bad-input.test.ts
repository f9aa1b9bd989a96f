import { demoServiceAccount, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, PreflightAnswer, type PeeringDraft } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { CachedRead } from "#base/cached-read.ts"
import { createLogger } from "#base/logger.ts"
import { systemClock } from "#base/clock.ts"
import { CedarEngine } from "#policies/cedar-engine.ts"
import { Policies } from "#policies/policies.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readVerdict } from "#test/support/requests.ts"

const projectId = seededIds.documentationProject
const request = {
  containerId: seededIds.documentationContainer,
  gcpProjectId: "acme-new-network-1",
  networkName: "fresh",
}
const peering = 'ResourcePolicy::Action::"project.vpcPeering.modify"'
const forbidding = `forbid (principal, action == ${peering}, resource);`
const path = "/resourcePolicies"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
beforeEach(() => {
  desk.simulator.reset()
  desk.clock.advance(61_000)
})
afterAll(() => desk.close())

async function ask(app = desk) {
  const body: PeeringDraft = { providerName: "GCP", request }
  const answer = await app.call("POST", apiUrls.preflight(projectId), { body })
  const { verdict } = PreflightAnswer.parse(answer.json())
  const checks = verdict.checks.filter(({ id }) => id === "policies")
  return { verdict, said: checks.map(({ status, says }) => `${status}: ${says}`) }
}

let keys = 0
function create() {
  keys += 1
  return desk.create(projectId, { providerName: "GCP", ...request }, `key-of-form-number-${keys}`)
}

const set = (...bodies: string[]) => desk.simulator.setPolicies([{ name: "Networks", bodies }])
const unread =
  "unchecked: Policies not checked: the organization's resource policies couldn't be read from Atlas"

describe("a policies call that fails", () => {
  const answers: [title: string, fault: Record<string, unknown>][] = [
    ["is not found", { status: 404 }],
    ["is refused for too many calls", { retryAfter: 30 }],
    ["fails at Atlas", { status: 500 }],
    ["answers HTML", { status: 200, body: "<html>", contentType: "text/html" }],
    ["answers an object", { status: 200, body: "{}", contentType: "application/json" }],
    [
      "answers a page that is not the last one",
      {
        status: 200,
        body: JSON.stringify({ results: [], totalCount: 3, links: [] }),
        contentType: "application/json",
      },
    ],
  ]
  test.each(answers)("leaves the form usable and nothing green when it %s", async (_title, fault) => {
    desk.simulator.addFault({ match: { path }, fault })
    const { verdict, said } = await ask()
    expect([verdict.status, said]).toEqual(["unchecked", [unread]])
    desk.simulator.clearFaults()
    expect((await create()).status).toBe(201)
  })

  test("leaves nothing green when it answers 5 MB", async () => {
    const body = JSON.stringify([{ name: "Long", policies: [{ body: "x".repeat(5_000_000) }] }])
    desk.simulator.addFault({
      match: { path },
      fault: { status: 200, body, contentType: "application/json" },
    })
    const { verdict, said } = await ask()
    expect([verdict.status, said.length, said[0]]).toEqual([
      "unchecked",
      1,
      expect.stringMatching(/not checked/),
    ])
  })

  test("does not pause other calls of the project when it is refused for too many calls", async () => {
    desk.simulator.addFault({ match: { path }, fault: { retryAfter: 300 } })
    await ask()
    expect((await desk.call("GET", apiUrls.peerings(projectId))).status).toBe(200)
    desk.clock.advance(11_000)
    expect((await desk.call("GET", apiUrls.containers(projectId))).status).toBe(200)
  })

  test("keeps what known policies forbid, and repeats the call after ten seconds", async () => {
    set(forbidding)
    await ask()
    desk.clock.advance(61_000)
    desk.simulator.addFault({ match: { path }, fault: { status: 500 } })
    expect((await ask()).said).toEqual(['red: Policy "Networks" forbids this network', unread])
    desk.simulator.clearFaults()
    desk.clock.advance(11_000)
    expect((await ask()).said).toEqual(['red: Policy "Networks" forbids this network'])
  })
})

test("a policies call that hangs holds the verdict up for 2.5 seconds at most", async () => {
  desk.simulator.addFault({ match: { path }, fault: { delayMs: 60_000 } })
  const asking = ask()
  await desk.clock.untilWaiting(2_500)
  desk.clock.advance(2_500)
  expect((await asking).said).toEqual([unread])
})

test("a policy over several indented lines is evaluated", async () => {
  set(forbidding.replace("(", "(\r\n\t").replace(" resource", "\n\tresource"))
  expect((await ask()).said).toEqual(['red: Policy "Networks" forbids this network'])
})

describe("policies that can't be evaluated", () => {
  test.each<[title: string, body: string, why: string]>([
    ["can't be parsed", "forbid (principal", "its text can't be parsed"],
    ["has two policies in one text", `${forbidding} ${forbidding}`, "its text can't be parsed"],
    ["is empty", "", "its text can't be parsed"],
    ["permits", "permit (principal, action, resource);", 'it is a "permit" policy'],
    [
      "looks at who makes the change",
      `forbid (principal == ResourcePolicy::User::"x", action, resource);`,
      "it depends on who makes the change, which only Atlas knows",
    ],
    [
      "is about a group of actions",
      'forbid (principal, action in ResourcePolicy::Action::"network", resource);',
      "it depends on a group of actions, which only Atlas knows",
    ],
    [
      "is about another resource",
      `forbid (principal, action == ${peering}, resource == ResourcePolicy::Cluster::"x");`,
      "it depends on something else than the project, which only Atlas knows",
    ],
    [
      "asks for something else of the project",
      `forbid (principal, action == ${peering}, resource) when { context.project has x && context.project.x };`,
      "it depends on context.project.x, which only Atlas knows",
    ],
    [
      "asks for the project as a whole",
      `forbid (principal, action == ${peering}, resource) when { context.project == {} };`,
      "it depends on context.project, which only Atlas knows",
    ],
    [
      "fails when it is evaluated",
      `forbid (principal, action == ${peering}, resource) when { context.project.peeringConnections like "x" };`,
      "it fails when it is evaluated",
    ],
    ["is far too long", `${forbidding} // ${"x".repeat(20_000)}`, "its text is too long"],
  ])("a policy that %s is not checked", async (_title, body, why) => {
    desk.simulator.setPolicies([
      {
        name: "Fine",
        bodies: ['forbid (principal, action == ResourcePolicy::Action::"cluster.modify", resource);'],
      },
      { name: "Strange", bodies: [body] },
    ])
    const { verdict, said } = await ask()
    expect([verdict.status, said]).toEqual(["unchecked", [`unchecked: Policy "Strange" not checked: ${why}`]])
  })

  test("a text that ends the engine is not checked, and other policies are", async () => {
    const deep = `forbid (principal, action, resource) when { ${"(".repeat(9_900)}true${")".repeat(9_900)} };`
    set(deep, forbidding)
    expect((await ask()).said).toEqual(['red: Policy "Networks" forbids this network'])
    set(deep)
    desk.clock.advance(61_000)
    expect((await ask()).said).toEqual([
      'unchecked: Policy "Networks" not checked: the policy engine of this server failed',
    ])
  })

  test("a policy without a readable text is not checked", async () => {
    const body = JSON.stringify([{ name: "Quiet", policies: "?" }, 7, { policies: [{ body: 1 }] }])
    const fault = { status: 200, body, contentType: "application/json" }
    desk.simulator.addFault({ match: { path }, fault })
    expect((await ask()).said).toEqual([
      'unchecked: Policies "Quiet", "(no name)", "(no name)" not checked: Atlas does not tell its text',
    ])
  })

  test("a policy about connections is not checked while they can't be read", async () => {
    set(
      `forbid (principal, action == ${peering}, resource) unless { context.project.peeringConnections.isEmpty() };`,
    )
    desk.simulator.addFault({ match: { path: "providerName=AWS" }, fault: { status: 500 } })
    expect((await ask()).said).toEqual([
      'unchecked: Policy "Networks" not checked: what the project has now couldn\'t be read from Atlas',
    ])
    set(forbidding)
    desk.clock.advance(61_000)
    expect((await ask()).said).toEqual(['red: Policy "Networks" forbids this network'])
  })
})

test("200 policies are all evaluated, and five of them are named", async () => {
  const bodies = [forbidding]
  desk.simulator.setPolicies(Array.from({ length: 200 }, (_, at) => ({ name: `Policy ${at}`, bodies })))
  const { said } = await ask()
  expect([said.length, said.at(-1)]).toEqual([6, "red: 195 more policies forbid this network too"])
})

test("a create that a policy forbids is refused before anything is sent", async () => {
  set(forbidding)
  const answer = await create()
  expect(readVerdict(answer)).toBe("422 preflight_refused")
  expect(desk.asked("POST", "/peers")).toBe(0)
})

test("an engine that does not load leaves each policy not checked", async () => {
  const engine = new CedarEngine({
    clock: systemClock,
    logger: createLogger("silent"),
    file: new URL("./absent-worker.js", import.meta.url),
  })
  const read = () => Promise.resolve([{ name: "Networks", description: null, bodies: [forbidding] }])
  const policies = new Policies({
    engine,
    clock: systemClock,
    policiesOf: () => new CachedRead(read, systemClock),
    peersOf: () => [],
    entriesOf: () => Promise.resolve([]),
  })
  const why = "the policy engine of this server failed"
  expect(await policies.judgeCreate(projectId, { providerName: "GCP", ...request }, null)).toEqual({
    rulings: [{ name: "Networks", description: null, says: "not-checked", why }],
    problem: null,
  })
})

test.each([
  ["API key", {}],
  ["service account", { ATLAS_API_VERSION: "2023-01-01" }],
])("the verdict of a %s that can't read policies names whom to ask", async (name, environment) => {
  const isAccount = name === "service account"
  const role = { groupId: projectId, roleName: "GROUP_OWNER" } as const
  const account = { ...demoServiceAccount, roles: [role] }
  const key = {
    id: "5c47503320eef5699e1cce0f",
    label: "owner of one project",
    publicKey: "simproj",
    privateKey: "fa4e0000-0000-4000-8000-00000000000f",
    roles: [role],
    accessList: null,
  }
  const app = await startTestApp({
    simulator: { serviceAccounts: [account], keys: [key] },
    environment: {
      ...environment,
      ...(isAccount
        ? {
            ATLAS_PUBLIC_KEY: "",
            ATLAS_PRIVATE_KEY: "",
            ATLAS_CLIENT_ID: account.clientId,
            ATLAS_CLIENT_SECRET: account.clientSecret,
          }
        : { ATLAS_PUBLIC_KEY: key.publicKey, ATLAS_PRIVATE_KEY: key.privateKey }),
    },
  })
  try {
    const { verdict, said } = await ask(app)
    expect(said).toEqual([
      `unchecked: Policies not checked: the Atlas ${name} can't read the organization's resource policies. An organization owner can give it the role Organization Read Only`,
    ])
    expect(verdict.status).toBe("unchecked")
  } finally {
    await app.close()
  }
})
