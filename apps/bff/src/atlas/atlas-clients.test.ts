import { inspect } from "node:util"
import {
  createDemoKeys,
  createSimulator,
  demoServiceAccount,
  ownerKey,
  seededIds,
  type ApiKey,
  type Simulator,
} from "@peering-desk/atlas-simulator"
import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { createAtlasClients } from "./atlas-clients.ts"
import { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { awsRequest, gcpRequest, problemOf } from "#test/support/atlas.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"

const { analytics, documentationProject, emptySandbox, payments } = seededIds
const nobodys = "ffffffffffffffffffffffff"

function makeKey(publicKey: string, ...groupIds: string[]): ApiKey {
  return {
    id: Buffer.from(publicKey.padEnd(12)).toString("hex"),
    label: publicKey,
    publicKey,
    privateKey: `canary-${publicKey}-canary`,
    roles: groupIds.map((groupId) => ({ groupId, roleName: "GROUP_OWNER" })),
    accessList: null,
  }
}

const keys = {
  pays: makeKey("simpays1", payments, analytics),
  counts: makeKey("simcount", analytics, emptySandbox),
  docs: makeKey("simdocs1", documentationProject, emptySandbox),
  wrong: { publicKey: "simwrong", privateKey: "canary-wrong-canary" },
}
type KeyName = keyof typeof keys

let simulator: Simulator
let origin: string
let clock: TestingClock
let lines: string[]
beforeEach(async () => {
  simulator = createSimulator({
    speed: 0,
    limits: { v1PerMinute: 1_000_000 },
    keys: [...createDemoKeys(), keys.pays, keys.counts, keys.docs, makeKey("simowne2")].map((key) =>
      key.publicKey === "simowne2" ? { ...key, roles: createDemoKeys()[0]?.roles ?? [] } : key,
    ),
  })
  origin = (await simulator.listen()).origin
  clock = createTestingClock()
  lines = []
})
afterEach(() => simulator.close())

const serve = (name: KeyName, projects: readonly string[] | "*") =>
  new AtlasCredential(name, keys[name], projects)

function start(credentials: AtlasCredential[], apiVersion: "v1.0" | "2023-01-01" = "v1.0") {
  const logger = createLogger("trace", { write: (line: string) => void lines.push(line) })
  return createAtlasClients({ baseUrl: origin, apiVersion, credentials, logger, clock })
}

const idsOf = async (list: Promise<{ id: string }[]>) => (await list).map(({ id }) => id)
const asked = (pathEnd: string) =>
  simulator
    .calls()
    .rows.filter(({ path }) => path.endsWith(pathEnd))
    .reduce((sum, { calls }) => sum + calls, 0)

describe("the list of projects", () => {
  test("has each project once, from the credential that names it or else the first that sees it", async () => {
    const clients = start([serve("pays", "*"), serve("counts", [emptySandbox]), serve("docs", "*")])
    expect(new Set(await idsOf(clients.listProjects()))).toEqual(
      new Set([payments, analytics, emptySandbox, documentationProject]),
    )
    expect(await clients.listProjects()).toHaveLength(4)
    const labels = [payments, analytics, emptySandbox, documentationProject].map(
      (project) => clients.keyFor(project)?.credential.label,
    )
    expect(labels).toEqual(["pays", "pays", "counts", "docs"])
  })

  test("leaves out what a credential sees but does not serve, and what it serves but does not see", async () => {
    const clients = start([serve("pays", [payments, nobodys])])
    expect(await clients.listProjects()).toEqual([{ id: payments, name: "payments-prod" }])
  })

  test("keeps the projects of a failing credential, whose calls then show the failure", async () => {
    const clients = start([serve("pays", [payments]), serve("docs", "*"), serve("counts", [analytics])])
    const before = await clients.listProjects()
    simulator.addFault({ fault: { revokeKey: keys.docs.publicKey } })
    simulator.addFault({ fault: { revokeKey: keys.counts.publicKey } })
    expect(await clients.listProjects()).toEqual(before)
    expect((await problemOf(clients.listPeers(documentationProject, "AWS"))).code).toBe("atlas_keys_refused")

    const restarted = start([serve("pays", [payments]), serve("docs", "*"), serve("counts", [analytics])])
    expect(await restarted.listProjects()).toEqual([
      { id: payments, name: "payments-prod" },
      { id: analytics, name: "analytics" },
    ])
    expect(
      lines.filter(
        (line) => line.includes("Could not list the projects") && line.includes('"credential":"docs"'),
      ),
    ).toHaveLength(2)
  })

  test("fails when every credential fails, with the reason of one of them", async () => {
    expect((await problemOf(start([serve("wrong", "*")]).listProjects())).code).toBe("atlas_keys_refused")
    expect(
      (await problemOf(start([serve("wrong", "*"), serve("wrong", [payments])]).listProjects())).code,
    ).toBe("atlas_keys_refused")
  })
})

describe("a call about a project", () => {
  test("goes to the credential that names it, though another one sees it too", async () => {
    const clients = start([serve("counts", "*"), serve("pays", [analytics])])
    simulator.addFault({ fault: { revokeKey: keys.counts.publicKey } })
    expect(await clients.listPeers(analytics, "GCP")).not.toEqual([])
    expect(simulator.calls().total.refused).toBe(0)
  })

  test('finds which of several "*" credentials sees it, with one list call', async () => {
    const clients = start([serve("pays", "*"), serve("docs", "*")])
    expect(clients.keyFor(documentationProject)).toBeNull()
    await Promise.all([
      clients.listPeers(documentationProject, "AWS"),
      clients.listContainers(documentationProject),
      clients.createPeer(documentationProject, awsRequest),
    ])
    expect(asked("/groups")).toBe(2)
    expect(clients.keyFor(documentationProject)?.credential.label).toBe("docs")
  })

  test('goes to the first "*" credential for an unseen project, and lists projects again only after a while', async () => {
    const clients = start([serve("pays", "*"), serve("docs", "*")])
    for (let call = 0; call < 5; call += 1)
      expect((await problemOf(clients.listPeers(nobodys, "AWS"))).code).toBe("project_not_found")
    expect(asked("/groups")).toBe(2)
    clock.advance(30_000)
    await problemOf(clients.listPeers(nobodys, "AWS"))
    expect(asked("/groups")).toBe(4)
  })

  test("is refused without a call when no credential serves the project", async () => {
    const clients = start([serve("pays", [payments])])
    expect((await problemOf(clients.getPeer(analytics, nobodys))).code).toBe("project_not_found")
    expect(simulator.calls().total.requests).toBe(0)
  })
})

describe("replaced credentials", () => {
  const next = { ...ownerKey, publicKey: "simowne2", privateKey: "canary-simowne2-canary" }
  const { clientId, clientSecret } = demoServiceAccount

  const requestNumber = (index: number): PeeringRequest => ({
    providerName: "AWS",
    containerId: seededIds.documentationContainer,
    accepterRegionName: "us-west-1",
    awsAccountId: "999900000000",
    routeTableCidrBlock: `10.${100 + index}.0.0/16`,
    vpcId: `vpc-${String(index).padStart(17, "0")}`,
  })

  test.each([
    ["another API key", "v1.0", next],
    ["another API key, by the newer API", "2023-01-01", next],
    ["a service account", "2023-01-01", { clientId, clientSecret }],
  ] as const)(
    "let 200 calls under way end, and leave the old key unused, when replaced by %s",
    async (_name, apiVersion, key) => {
      const clients = start([new AtlasCredential("prod", ownerKey, "*")], apiVersion)
      simulator.addFault({ match: {}, fault: { delayMs: 50 } })
      let ended = 0
      const call = async (index: number) => {
        if (index % 20 === 0) await clients.createPeer(documentationProject, requestNumber(index / 20))
        else if (index % 3 === 0) await clients.listProjects()
        else await clients.listPeers(analytics, "GCP")
        ended += 1
      }
      const before = Array.from({ length: 200 }, (_, index) => call(index))
      const replaced = clients.replaceCredentials([new AtlasCredential("prod", key, "*")])
      expect(ended).toBe(0)
      const during = Array.from({ length: 200 }, (_, index) => call(200 + index))
      await replaced
      simulator.addFault({ fault: { revokeKey: ownerKey.publicKey } })
      const after = Array.from({ length: 200 }, (_, index) => call(1 + (index % 19)))
      await Promise.all([...before, ...during, ...after])
      expect([ended, simulator.calls().total.refused]).toEqual([600, 0])
      expect((await problemOf(start([new AtlasCredential("old", ownerKey, "*")]).listProjects())).code).toBe(
        "atlas_keys_refused",
      )
    },
    30_000,
  )

  test("keep the nonce of a key that stays and serves other projects", async () => {
    const clients = start([serve("pays", [payments])])
    await clients.listPeers(payments, "AWS")
    await clients.replaceCredentials([serve("pays", [analytics])])
    await clients.listPeers(analytics, "AWS")
    expect((await problemOf(clients.listPeers(payments, "AWS"))).code).toBe("project_not_found")
    expect(simulator.calls().total.challenges).toBe(1)
  })

  test('remember which "*" credential sees which project', async () => {
    const clients = start([serve("pays", "*"), serve("docs", "*")])
    await clients.listProjects()
    await clients.replaceCredentials([serve("pays", "*"), new AtlasCredential("docs", keys.counts, "*")])
    expect(clients.keyFor(documentationProject)?.credential.label).toBe("docs")
    await clients.listProjects()
    expect(clients.keyFor(emptySandbox)?.credential.label).toBe("docs")
  })

  test("serve calls that were waiting for the list of projects", async () => {
    const clients = start([serve("pays", "*"), serve("docs", "*")])
    const looking = clients.createPeer(documentationProject, gcpRequest)
    await clients.replaceCredentials([new AtlasCredential("prod", ownerKey, "*")])
    simulator.addFault({ fault: { revokeKey: keys.pays.publicKey } })
    simulator.addFault({ fault: { revokeKey: keys.docs.publicKey } })
    expect(await looking).toHaveProperty("id")
  })
})

test("logs and objects of AtlasClients contain no secret", async () => {
  const clients = start([serve("pays", "*"), serve("wrong", [analytics])])
  await clients.listProjects()
  await problemOf(clients.listPeers(analytics, "AWS"))
  expect(lines.length).toBeGreaterThan(0)
  const everything = inspect([clients, clients.keys()], { depth: Infinity, showHidden: true }) + lines.join()
  expect(everything).not.toMatch(/canary-/)
})
