import { apiUrls, ConnectionPage, Inbox, KnownFacts, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import {
  awsAccount,
  bundleReadingThread,
  changeRole,
  cloudProject,
  connectAccount,
  countCalls,
  findPeeringId,
  listAccounts,
  listEvents,
  readingRole,
} from "#test/support/cloud-accounts.ts"
import { CloudReader } from "#cloud-reading/cloud-reader.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { sweepStore } from "#store/sweep.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const minuteMs = 60_000
const vpcId = "vpc-05c1d9e87b3a2f406"

/** Readings are 15 minutes apart. */
const longSession = { SESSION_IDLE_MINUTES: "1440", SESSION_CHECK_MINUTES: "1440", SESSION_MAX_HOURS: "168" }

let desk: TestApp
let readingThread: URL
beforeAll(async () => {
  readingThread = await bundleReadingThread("account-reader")
})
const factsUrl = () => apiUrls.peeringFacts(cloudProject, findPeeringId(desk, vpcId))
const read = async (url: string, at = desk, method = "GET") =>
  KnownFacts.parse((await at.call(method, url)).json())
const view = (at = desk) => read(`${factsUrl()}?viewing=true`, at)
const pass = (ms: number) => desk.clock.advance(ms)
/** Lets the leader read what is due. */
const readDue = async (at = desk) => {
  pass(15 * minuteMs)
  await at.services.accountSchedule.run()
}

async function readBroken(): Promise<Peering["broken"] | null> {
  const url = apiUrls.peering(cloudProject, findPeeringId(desk, vpcId))
  return Peering.parse((await desk.call("GET", url)).json()).broken ?? null
}

function findRoute() {
  const network = desk.simulator.networks().find((one) => "vpcId" in one && one.vpcId === vpcId)
  const [peering] = network?.peerings ?? []
  if (peering === undefined) throw new Error("The VPC has no peering")
  return { network: vpcId, to: peering.atlas.cidr }
}
const deleteRoute = () => desk.simulator.actOnNetwork({ act: "delete-route", ...findRoute() })
function addRoute(): void {
  const network = desk.simulator.networks().find((one) => "vpcId" in one && one.vpcId === vpcId)
  desk.simulator.actOnNetwork({ act: "add-route", ...findRoute(), target: network?.peerings[0]?.id ?? "" })
}

describe("an account that is connected", () => {
  beforeEach(async () => {
    desk = await startTestApp({ environment: longSession, readingThread })
    await connectAccount(desk)
    countCalls(desk)
  })
  afterEach(() => desk.close())

  test("is read every 15 minutes with at most 10 calls while nobody views its connections", async () => {
    const counts: number[] = []
    for (let minute = 1; minute <= 45; minute += 1) {
      pass(minuteMs)
      await desk.services.accountSchedule.run()
      if (minute % 15 === 0) counts.push(countCalls(desk))
    }
    expect(counts.filter((calls) => calls > 0 && calls <= 10)).toHaveLength(3)
  })

  test("has every connection's network read after a few readings, the ones that waited longest first", async () => {
    for (let round = 0; round < 4; round += 1) await readDue()
    const { peers = [] } = desk.simulator.state().projects.find(({ id }) => id === cloudProject) ?? {}
    const names = new Set(desk.simulator.networks().flatMap((one) => ("vpcId" in one ? one.vpcId : [])))
    const own = peers.flatMap((peer) =>
      "vpcId" in peer && peer.awsAccountId === awsAccount && names.has(peer.vpcId ?? "") ? peer.id : [],
    )
    expect(own.length).toBeGreaterThan(3)
    for (const id of own) {
      const { facts } = await read(apiUrls.peeringFacts(cloudProject, id))
      expect(facts).toMatchObject({ routeTables: { source: "read", by: "peering-desk-read" } })
    }
  })

  test("has a missing right named until a reading has it, without a check", async () => {
    const right = "ec2:DescribeNetworkAcls"
    const rights = desk.simulator.readingRoles().find(({ arn }) => arn === readingRole)?.rights ?? []
    changeRole(desk, { rights: rights.filter((one) => one !== right) })
    for (let round = 0; round < 4; round += 1) await readDue()
    expect((await listAccounts(desk))[0]?.missing).toEqual([right])
    changeRole(desk, { rights })
    for (let round = 0; round < 4; round += 1) await readDue()
    expect((await listAccounts(desk))[0]?.missing).toEqual([])
  })

  test("has its other regions read while the first one can't be reached", async () => {
    const asked: string[] = []
    const reading = vi.spyOn(CloudReader.prototype, "read").mockImplementation((_role, { region }) => {
      asked.push(region)
      const problem = { code: "unreachable", says: "AWS could not be reached." } as const
      const read = { at: desk.clock.now(), calls: 1, missing: [], granted: [], listed: [], networks: [] }
      return Promise.resolve({ ...read, problem: region === asked[0] ? problem : null })
    })
    for (let round = 0; round < 3; round += 1) await readDue()
    reading.mockRestore()
    expect(new Set(asked).size).toBeGreaterThan(1)
  })

  test("stays read, with the problem of its region, while one of several fails", async () => {
    const asked: string[] = []
    let says: string | null = "AWS failed (InternalError)."
    const reading = vi.spyOn(CloudReader.prototype, "read").mockImplementation((_role, { region }) => {
      asked.push(region)
      const problem = region === asked[0] && says !== null ? ({ code: "unexpected", says } as const) : null
      const read = { at: desk.clock.now(), calls: 1, missing: [], granted: [], listed: [], networks: [] }
      return Promise.resolve({ ...read, problem })
    })
    const seen = []
    for (let round = 0; round < 4; round += 1) {
      await readDue()
      seen.push(...(await listAccounts(desk)).map(({ state, problem }) => ({ state, problem })))
    }
    const partly = { state: "reading", problem: `${asked[0]}: AWS failed (InternalError).` }
    expect(seen).toEqual([partly, partly, partly, partly])
    expect(await listEvents(desk, "cloud-role-refused")).toEqual([])
    says = null
    for (let round = 0; round < 2; round += 1) await readDue()
    reading.mockRestore()
    expect(await listAccounts(desk)).toMatchObject([{ state: "reading", problem: null }])
  })

  test("has each network kept in a step apart, so that other requests are answered between two", async () => {
    const steps = vi.spyOn(desk.services.audit, "recordChanges")
    await readDue()
    const { db } = desk.services.store
    const read = await db
      .selectFrom("network_facts")
      .select("network")
      .where("at", ">=", desk.clock.now())
      .execute()
    expect(read.length).toBeGreaterThan(1)
    // And one for the account.
    expect(steps.mock.calls.length).toBeGreaterThan(read.length)
  })

  test("is read at most 10 calls a minute while somebody views a connection, at any number of requests", async () => {
    pass(minuteMs)
    const { facts, account } = await view()
    expect(facts?.dns).toMatchObject({ source: "read", value: { support: true, hostnames: true } })
    expect(account).toMatchObject({ name: "Payments", state: "reading", problem: null })
    for (let second = 5; second < 60; second += 5) {
      pass(5_000)
      await Promise.all([view(), view()])
    }
    const calls = countCalls(desk)
    expect([calls > 5, calls <= 10]).toEqual([true, true])
  })

  test("is read at once when somebody asks for it, and not again within 3 seconds", async () => {
    const url = apiUrls.readFacts(cloudProject, findPeeringId(desk, vpcId))
    const before = (await read(factsUrl())).facts?.routeTables?.at
    pass(4_000)
    const { facts } = await read(url, desk, "POST")
    expect(Date.parse(facts?.routeTables?.at ?? "")).toBeGreaterThan(Date.parse(before ?? ""))
    countCalls(desk)
    await read(url, desk, "POST")
    expect(countCalls(desk)).toBe(0)
  })

  test("is read again for somebody who asks right after a reading that began long before", async () => {
    const url = apiUrls.readFacts(cloudProject, findPeeringId(desk, vpcId))
    const { audit } = desk.services
    const keep = audit.recordChanges.bind(audit)
    vi.spyOn(audit, "recordChanges").mockImplementationOnce((...about) => {
      pass(10_000)
      return keep(...about)
    })
    pass(4_000)
    await read(url, desk, "POST")
    desk.simulator.actOnNetwork({ act: "dns-off", network: vpcId })
    const { facts } = await read(url, desk, "POST")
    expect(facts?.dns).toMatchObject({ source: "read", value: { hostnames: false } })
  })

  test("proves until a minute after the next reading is due", async () => {
    await readDue()
    const { facts } = await read(factsUrl())
    const { at = "", until = "" } = facts?.addresses ?? {}
    expect(Date.parse(until) - Date.parse(at)).toBe(16 * minuteMs)
  })

  test("a route that somebody deletes is one event, a notification, and on the connection and in lists until it is back", async () => {
    await readDue()
    expect(await readBroken()).toBeNull()
    deleteRoute()
    await readDue()
    await readDue()
    const peeringId = findPeeringId(desk, vpcId)
    const [event, ...others] = await listEvents(desk, "broken-in-aws")
    expect(others).toEqual([])
    expect(event).toMatchObject({
      actor: null,
      projectId: cloudProject,
      peeringId,
      providerName: "AWS",
      detail: { step: "route", why: expect.stringContaining(findRoute().to) },
    })
    expect(await listEvents(desk, "step-undone")).toEqual([])
    const { entries } = Inbox.parse((await desk.call("GET", apiUrls.inbox())).json())
    expect(entries[0]).toMatchObject({
      kind: "broken-in-aws",
      peeringId,
      says: expect.stringMatching(/is broken in AWS: .*no route/),
    })
    expect(await readBroken()).toMatchObject({ stop: "route" })
    const list = await desk.call("GET", apiUrls.connections({ status: "broken-in-the-cloud" }))
    const { rows } = ConnectionPage.parse(list.json())
    expect(rows.map(({ peering }) => peering.id)).toEqual([peeringId])
    addRoute()
    await readDue()
    await readDue()
    expect(await listEvents(desk, "fixed-in-aws")).toHaveLength(1)
    expect(await readBroken()).toBeNull()
    deleteRoute()
    await readDue()
    await readDue()
    expect(await listEvents(desk, "broken-in-aws")).toHaveLength(2)
  })

  test("DNS that somebody switches off is broken until the project has custom DNS", async () => {
    const check = async () => {
      pass(4_000)
      await read(apiUrls.readFacts(cloudProject, findPeeringId(desk, vpcId)), desk, "POST")
      return await readBroken()
    }
    expect(await check()).toBeNull()
    desk.simulator.actOnNetwork({ act: "dns-off", network: vpcId })
    expect(await check()).toMatchObject({ stop: "dns" })
    const body = { enabled: true, reason: "Own DNS servers" }
    expect((await desk.call("PATCH", apiUrls.customDns(cloudProject), { body })).status).toBe(200)
    expect(await check()).toBeNull()
    expect(await listEvents(desk, "broken-in-aws")).toHaveLength(1)
  })

  test("a role that is revoked is one event, keeps what was read, and recovers by itself", async () => {
    await readDue()
    const { facts } = await read(factsUrl())
    desk.simulator.actOnNetwork({ act: "revoke-role", arn: readingRole })
    for (let round = 0; round < 5; round += 1) await readDue()
    const [event, ...others] = await listEvents(desk, "cloud-role-refused")
    expect(others).toEqual([])
    expect(event).toMatchObject({ actor: null, projectId: cloudProject, detail: { name: "Payments" } })
    expect((await read(factsUrl())).facts).toEqual(facts)
    expect((await read(factsUrl())).account).toMatchObject({ state: "refused" })
    const { entries } = Inbox.parse((await desk.call("GET", apiUrls.inbox())).json())
    expect(entries[0]).toMatchObject({ kind: "cloud-role-refused" })
    changeRole(desk, { isRevoked: false })
    for (let round = 0; round < 2; round += 1) await readDue()
    expect((await listAccounts(desk))[0]).toMatchObject({ state: "reading", problem: null })
  })

  test("facts that a role read are removed seven days after the last reading", async () => {
    await readDue()
    const { store } = desk.services
    const count = async () => {
      const rows = await store.db.selectFrom("network_facts").select("network").execute()
      const [account] = await store.db.selectFrom("cloud_account").select("regions").execute()
      return [rows.length > 0, account?.regions !== "[]"]
    }
    await sweepStore(store, desk.clock.now() + 6 * 24 * 60 * minuteMs)
    expect(await count()).toEqual([true, true])
    await sweepStore(store, desk.clock.now() + 7 * 24 * 60 * minuteMs)
    expect(await count()).toEqual([false, false])
  })
})

describe.each(dialects)("an account of two processes over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let beside: TestApp
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    desk = await startTestApp({
      readingThread,
      environment: { ...longSession, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) },
    })
    beside = await startTestApp({ beside: desk, readingThread })
    await connectAccount(desk)
    countCalls(desk)
  })
  afterEach(async () => {
    await beside.close()
    await desk.close()
  })

  test("gets at most 10 calls a minute of both", async () => {
    pass(minuteMs)
    for (let second = 0; second < 60; second += 5) {
      await Promise.all([view(), view(beside)])
      pass(4_900)
    }
    const calls = countCalls(desk)
    expect([calls > 5, calls <= 10]).toEqual([true, true])
  })

  test("is read for both who ask the two about two of its connections at the same moment", async () => {
    const { peers = [] } = desk.simulator.state().projects.find(({ id }) => id === cloudProject) ?? {}
    const own = peers.filter((peer) => "vpcId" in peer && peer.awsAccountId === awsAccount).slice(0, 2)
    for (let round = 0; round < 10; round += 1) {
      pass(minuteMs)
      const asked = own.map(({ id }, at) =>
        read(apiUrls.readFacts(cloudProject, id), at === 0 ? desk : beside, "POST"),
      )
      const times = (await Promise.all(asked)).map(({ facts }) => Date.parse(facts?.dns?.at ?? ""))
      expect(times).toEqual([desk.clock.now(), desk.clock.now()])
    }
  })

  test("has one event of a route that both see to be gone", async () => {
    pass(minuteMs)
    await view()
    deleteRoute()
    pass(minuteMs)
    await view()
    pass(minuteMs)
    await view(beside)
    expect(await listEvents(desk, "broken-in-aws")).toHaveLength(1)
  })
})
