import {
  apiUrls,
  idempotencyKeyHeader,
  Peering,
  type Fact,
  type NetworkFacts,
} from "@peering-desk/shared-schemas"
import { toNetworkName } from "@peering-desk/peering-rules"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readKeptFacts } from "#facts/network-facts.ts"
import { sweepStore } from "#store/sweep.ts"
import { openApprovalDesk, toRequest } from "#test/support/approvals.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const dayMs = 24 * 60 * 60_000
const route = { to: "10.0.0.0/8", target: "tgw-0a1b2c3d4e5f60718", state: "active" as const }

function toPasted<Value>(value: Value): Fact<Value> {
  return { value, source: "pasted", at: "2026-11-24T09:00:00.000Z" }
}

function toFacts({ awsAccountId, vpcId }: { awsAccountId: string; vpcId: string }): NetworkFacts {
  return {
    providerName: "AWS",
    account: toPasted(awsAccountId),
    network: toPasted(vpcId),
    addresses: toPasted(["10.50.0.0/16"]),
    routeTables: toPasted([{ id: "rtb-0a17", isMain: true, subnets: [], routes: [route] }]),
  }
}

const facts = toFacts(requests.AWS)
const network = toNetworkName(requests.AWS) ?? ""
const readFacts = ({ services }: TestApp, of = network) =>
  readKeptFacts(services.store.db, { projectId, network: of })

describe.each(dialects)("a create with pasted facts over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let desk: TestApp
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    desk = await startTestApp({ environment: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl } })
  })
  afterEach(() => desk.close())

  const create = (more: object, request: object = requests.AWS) =>
    desk.call("POST", apiUrls.peerings(projectId), {
      headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
      body: { request, reason: "Orders move to Atlas", ...more },
    })

  test("keeps them under its network, by the person, and sends none to Atlas", async () => {
    const typed = { ...facts, region: { ...toPasted("us-west-2"), source: "typed", by: "Somebody else" } }
    const created = Peering.parse((await create({ facts: typed })).json())
    expect(created.factsAt).toBe(new Date(desk.databaseTime()).toISOString())
    const [kept] = await readFacts(desk)
    expect(kept).toMatchObject({ source: "pasted", by: "Olivia Marsh" })
    expect(kept?.facts.addresses).toEqual({ ...facts.addresses, by: "Olivia Marsh" })
    expect(kept?.facts.region).toBe(undefined)
    const asked = desk.simulator.state().projects.find(({ id }) => id === projectId)?.peers[0]
    expect(JSON.stringify(asked)).not.toContain("rtb-0a17")
  })

  test("is refused with facts of another account, and keeps none that don't name their network", async () => {
    const another = { ...requests.AWS, awsAccountId: "111122223333" }
    expect(readVerdict(await create({ facts: toFacts(another) }))).toBe("422 preflight_refused")
    const { network: _network, ...unnamed } = facts
    const created = Peering.parse((await create({ facts: unnamed })).json())
    expect(created.factsAt).toBe(undefined)
    expect(await readFacts(desk)).toEqual([])
    expect(await readFacts(desk, toNetworkName(another) ?? "")).toEqual([])
  })

  test("keeps none when it is refused, and forgets its own copy after 30 days", async () => {
    const body = { error: 400, errorCode: "INVALID_ATTRIBUTE", detail: "No such region", parameters: [] }
    desk.simulator.addFault({ match: { method: "POST" }, fault: { status: 400, body }, times: 1 })
    expect((await create({ facts })).status).toBeGreaterThan(399)
    expect(await readFacts(desk)).toEqual([])
    const readPlan = () =>
      desk.services.store.db.selectFrom("change").select("plan").executeTakeFirstOrThrow()
    expect((await readPlan()).plan).toContain("rtb-0a17")
    await sweepStore(desk.services.store, desk.services.clock.now() + 30 * dayMs)
    const { plan } = await readPlan()
    expect(plan).not.toContain("rtb-0a17")
    expect(JSON.parse(plan)).toMatchObject({ request: requests.AWS, replaces: null })
  })
})

describe("facts of a create that another person approves", () => {
  test("change neither the request for approval nor its hash, and are kept once it is done", async () => {
    const { desk, hold, approve, read } = await openApprovalDesk()
    const request = toRequest(1)
    const without = await hold("nadia", 1)
    const held = await hold("nadia", 1, { facts: toFacts(request) })
    expect(held).toEqual(without)
    const later = await hold("nadia", 2, { facts: toFacts(toRequest(2)) })
    expect(JSON.stringify(await read(later.id))).not.toContain("rtb-0a17")
    const of = toNetworkName(toRequest(2)) ?? ""
    expect(await readFacts(desk, of)).toEqual([])
    expect((await approve("ben", later)).status).toBe(200)
    expect(await readFacts(desk, of)).toMatchObject([{ source: "pasted", by: "nadia example" }])
    await desk.close()
  })
})

describe("the size of a body with facts", () => {
  let desk: TestApp
  beforeEach(async () => {
    desk = await startTestApp()
  })
  afterEach(() => desk.close())

  const toTables = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `rtb-${String(index).padStart(17, "0")}`,
      isMain: index === 0,
      subnets: [`subnet-${String(index).padStart(17, "0")}`],
      routes: Array.from({ length: 10 }, () => route),
    }))

  test("may be that of 400 route tables for a preflight and a create, and no more than 900 kB", async () => {
    const { providerName, ...fields } = requests.AWS
    const preflight = (count: number) =>
      desk.call("POST", apiUrls.preflight(projectId), {
        body: { providerName, request: fields, facts: { ...facts, routeTables: toPasted(toTables(count)) } },
      })
    expect((await preflight(400)).status).toBe(200)
    expect(readVerdict(await preflight(1_500))).toBe("413 body_too_large")
    const create = (count: number) =>
      desk.call("POST", apiUrls.peerings(projectId), {
        headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
        body: {
          request: requests.AWS,
          reason: "Orders move to Atlas",
          facts: { ...facts, routeTables: toPasted(toTables(count)) },
        },
      })
    expect(readVerdict(await create(1_500))).toBe("413 body_too_large")
    expect((await create(400)).status).toBe(201)
    expect((await readFacts(desk))[0]?.facts.routeTables?.value).toHaveLength(400)
  })

  test("stays at the usual limit for other requests", async () => {
    const body = { name: "orders", draft: { providerName: "AWS", request: {} }, padding: "x".repeat(70_000) }
    expect(readVerdict(await desk.call("POST", apiUrls.presets(projectId), { body }))).toBe(
      "413 body_too_large",
    )
  })
})
