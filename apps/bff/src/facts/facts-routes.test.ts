import {
  apiUrls,
  AuditPage,
  HandOffView,
  KnownFacts,
  MadeHandOff,
  Peering,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readKeptFacts } from "./network-facts.ts"
import { toNetworkName } from "@peering-desk/peering-rules"
import { resumePolling } from "#polling/resume-polling.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { printLookUp, printRouteTable } from "#test/support/look-up.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const label = "Ana, network team"
const toInstant = (at: number) => new Date(Math.floor(at / 1000) * 1000).toISOString()

let desk: TestApp
let id: string
let token: string

async function open(databaseUrl?: string): Promise<void> {
  desk = await startTestApp({ environment: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl } })
  id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  const body = { expiresInHours: 24, for: label }
  token = MadeHandOff.parse((await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).json()).token
}

const factsUrl = () => apiUrls.peeringFacts(projectId, id)
const paste = (text: string, at = desk, headers = {}) =>
  at.call("POST", factsUrl(), { body: { text }, headers })
const asHolder = () => ({ cookie: undefined, authorization: `Bearer ${token}` })
const pasteByLink = (text: string, at = desk) =>
  at.call("POST", apiUrls.pasteHandOffFacts(), { headers: asHolder(), body: { text } })
const accept = (at = desk) => at.call("POST", apiUrls.acceptFacts(projectId, id))
const read = async (at = desk) => KnownFacts.parse((await at.call("GET", factsUrl())).json())
const now = () => desk.databaseTime()
const kept = () =>
  readKeptFacts(desk.services.store.db, { projectId, network: toNetworkName(requests.AWS) ?? "" })

async function listEvents(action: string) {
  const page = await desk.call("GET", apiUrls.audit({ action, limit: "200" }))
  return AuditPage.parse(page.json()).rows
}

describe.each(dialects)("GET and POST …/facts over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let beside: TestApp
  beforeEach(async () => {
    await open((await createDatabase()).databaseUrl)
    beside = await startTestApp({ beside: desk })
    if (dialect === "postgres") for (const { services } of [desk, beside]) await resumePolling(services)
  })
  afterEach(async () => {
    await beside.close()
    await desk.close()
  })

  test("Pasted facts of one server are known at the other, and its open pages learn of them", async () => {
    const stream = await beside.stream([projectId])
    await stream.next("snapshot")
    const printedAt = now() - 5 * minuteMs
    const { facts, waiting } = KnownFacts.parse((await paste(printLookUp(printedAt))).json())
    expect(waiting).toBe(null)
    expect(facts?.addresses).toEqual({
      value: ["10.50.0.0/16"],
      source: "pasted",
      by: "Olivia Marsh",
      at: toInstant(printedAt),
    })
    // Over SQLite, which serves one process, no notice comes.
    await beside.services.pollers.catchUp()
    const { seen } = await stream.next("peering", ({ factsAt }) => factsAt !== undefined)
    expect(seen).toEqual({ until: toInstant(printedAt + dayMs), proven: ["application"], broken: [] })
    expect(await read(beside)).toEqual(await read())
    expect((await read(beside)).facts).toEqual(facts)
    const [event, ...others] = await listEvents("facts-pasted")
    expect(others).toEqual([])
    expect(event).toMatchObject({ projectId, peeringId: id, actor: { name: "Olivia Marsh" } })
    expect(event?.detail).toEqual({
      network: "vpc-0a1b2c3d4e5f60718 of AWS account 482913570264",
      aspects: 4,
    })
  })

  test("Facts pasted by the holder of a link wait, replace nothing, and count by the link once a person accepts them", async () => {
    await paste(printLookUp(now() - 10 * minuteMs))
    const before = (await read()).facts?.routeTables
    const more = {
      subnets: { Subnets: [{ SubnetId: "subnet-1", VpcId: requests.AWS.vpcId, CidrBlock: "10.50.1.0/24" }] },
    }
    const answer = await pasteByLink(printLookUp(now() - minuteMs, { more }))
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("vpc-0a1b2c3d4e5f60718")])
    const waiting = { by: label, at: expect.any(String) }
    expect(await read(beside)).toMatchObject({ waiting, facts: { subnets: { source: "link", by: label } } })
    expect((await read()).facts?.routeTables).toEqual(before)
    const [event] = await listEvents("hand-off-pasted")
    expect(event).toMatchObject({ actor: null, peeringId: id, detail: { for: label, aspects: 5 } })

    const accepted = KnownFacts.parse((await accept(beside)).json())
    expect(accepted).toMatchObject({ waiting: null, facts: { subnets: { source: "pasted", by: label } } })
    expect(accepted.facts?.routeTables).toMatchObject({ source: "pasted", by: label })
    expect((await listEvents("facts-accepted"))[0]).toMatchObject({
      actor: { name: "Olivia Marsh" },
      detail: { for: label, aspects: 5 },
    })
    expect(KnownFacts.parse((await accept()).json())).toEqual(accepted)
    expect(await listEvents("facts-accepted")).toHaveLength(1)
  })

  test("facts are taken once a minute from a link by all servers together, whether they could be read or not", async () => {
    const statuses = await Promise.all([
      pasteByLink("nothing of a network"),
      pasteByLink("nothing of a network", beside),
      pasteByLink("nothing of a network"),
    ])
    expect(statuses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      422, 429, 429,
    ])
    desk.clock.advance(20_000)
    const refused = await pasteByLink(printLookUp(now()), beside)
    expect(readVerdict(refused)).toBe("429 too_many_requests")
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0)
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(40)
    desk.clock.advance(40_000)
    expect((await pasteByLink(printLookUp(now()), beside)).status).toBe(200)
  })
})

describe("a text that is pasted about a network", () => {
  beforeEach(() => open())
  afterEach(() => desk.close())

  test("is refused with what to do when it shows nothing, is cut off, damaged or of a newer format", async () => {
    const whole = printLookUp(now())
    const texts = {
      "hello {": /script/,
      [whole.slice(0, 300)]: /ends before its last line.*Copy everything/,
      [whole.replace('"read": {', "")]: /isn't complete JSON/,
      [printLookUp(now(), { peeringDeskLookUp: 2 })]: /format 2.*run it again/,
    }
    for (const [text, says] of Object.entries(texts)) {
      const answer = await paste(text)
      expect(readVerdict(answer)).toBe("422 facts_unreadable")
      expect(readProblem(answer).detail).toMatch(says)
    }
    expect(await kept()).toEqual([])
    expect(await read()).toEqual({ facts: null, contradictions: [], waiting: null })
    expect(await listEvents("facts-pasted")).toEqual([])
  })

  test("is refused for another account or network with both shown, also by a link", async () => {
    const others = [
      printLookUp(now(), { account: "111122223333" }),
      printLookUp(now(), { vpc: "vpc-0fffffffffffffff9" }),
    ]
    for (const text of others) {
      const answer = await paste(text)
      expect(readVerdict(answer)).toBe("422 facts_of_another_network")
      expect(readProblem(answer).detail).toMatch(
        /is about vpc-\S+ of AWS account \d+\. This connection is with vpc-0a1b2c3d4e5f60718 of AWS account 482913570264\./,
      )
      expect(readVerdict(await pasteByLink(text))).toBe("422 facts_of_another_network")
      desk.clock.advance(minuteMs)
    }
    expect(await kept()).toEqual([])
  })

  test("is kept for the connection's own network where it shows several", async () => {
    const vpcs = Array.from({ length: 400 }, (_, index) => ({
      VpcId: `vpc-${String(index).padStart(17, "0")}`,
      OwnerId: requests.AWS.awsAccountId,
      CidrBlock: "10.0.0.0/16",
    }))
    const own = { VpcId: requests.AWS.vpcId, OwnerId: requests.AWS.awsAccountId, CidrBlock: "10.50.0.0/16" }
    const text = printLookUp(now(), { asked: {}, more: { vpcs: { Vpcs: [...vpcs, own] } } })
    expect((await paste(text)).status).toBe(200)
    expect((await read()).facts?.addresses?.value).toEqual(["10.50.0.0/16"])
    expect(await kept()).toHaveLength(1)
  })

  test("keeps the time that it prints, a day old or older, and has that of the paste where it prints a later one", async () => {
    const old = now() - 30 * 60 * minuteMs
    await paste(printLookUp(old))
    expect((await read()).facts?.addresses?.at).toBe(toInstant(old))
    await paste(printLookUp(now() + 60 * minuteMs))
    expect((await read()).facts?.addresses?.at).toBe(new Date(now()).toISOString())
  })

  test("may have 5 million characters, of which none is kept or logged, and no more", async () => {
    const padding = { Tags: ["<script>".repeat(600_000)] }
    const text = printLookUp(now(), { more: { padding } })
    expect(text.length).toBeGreaterThan(4_800_000)
    expect((await paste(text)).status).toBe(200)
    expect(JSON.stringify(await kept())).not.toContain("script")
    expect(desk.logs.join("")).not.toContain("<script>")
    expect(readVerdict(await paste(text.padEnd(5_000_001)))).toBe("400 invalid_request")
    expect(readVerdict(await paste("\n".repeat(5_300_000)))).toBe("413 body_too_large")
  })

  test("shows no hidden or reordering character of its values, and none of its names changes an object", async () => {
    const routeTables = {
      RouteTables: [
        {
          ...printRouteTable(),
          RouteTableId: "rtb-\u202e0a17\u0000<img>",
          Routes: [{ DestinationCidrBlock: "__proto__", GatewayId: "igw-\u200b1", State: "active" }],
        },
      ],
    }
    const text = printLookUp(now(), {
      more: { "route-tables": routeTables, __proto__: { polluted: true }, constructor: { prototype: {} } },
    })
    const answer = await paste(text)
    expect([200, 422]).toContain(answer.status)
    const all = `${answer.text} ${(await desk.call("GET", factsUrl())).text} ${JSON.stringify(await kept())}`
    expect(all).not.toMatch(/[\u202e\u200b\0]/)
    expect({}).not.toHaveProperty("polluted")
  })

  test("needs the role of a requester, and is read by viewers", async () => {
    const cookie = await desk.signIn("victor")
    expect(readVerdict(await paste(printLookUp(now()), desk, { cookie }))).toBe("403 forbidden")
    expect(
      readVerdict(await desk.call("POST", apiUrls.acceptFacts(projectId, id), { headers: { cookie } })),
    ).toBe("403 forbidden")
    expect((await desk.call("GET", factsUrl(), { headers: { cookie } })).status).toBe(200)
  })
})

describe("the output of one command", () => {
  beforeEach(() => open())
  afterEach(() => desk.close())

  async function createAndPaste(cloud: "GCP" | "AZURE", output: object) {
    const created = await desk.create(projectId, requests[cloud], `a-key-of-a-form-${cloud}`)
    const url = apiUrls.peeringFacts(projectId, Peering.parse(created.json()).id)
    return await desk.call("POST", url, { body: { text: JSON.stringify(output) } })
  }

  test("an output of gcloud is kept for the connection's own project and network, and refused for one of its name elsewhere", async () => {
    const toNetwork = (project: string) => ({
      selfLink: `https://www.googleapis.com/compute/v1/projects/${project}/global/networks/payments-vpc`,
      name: "payments-vpc",
      peerings: [
        {
          name: "atlas",
          state: "ACTIVE",
          network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
        },
      ],
    })
    const answer = await createAndPaste("GCP", toNetwork("acme-payments-prod-417203"))
    expect(KnownFacts.parse(answer.json()).facts?.peerings?.value).toMatchObject([
      { id: "atlas", state: "ACTIVE" },
    ])
    const refused = await createAndPaste("GCP", toNetwork("acme-test"))
    expect(readVerdict(refused)).toBe("422 facts_of_another_network")
    expect(readProblem(refused).detail).toContain("payments-vpc of Google Cloud project acme-test")
  })

  test("an output of az is kept for the connection's own VNet, in whichever case it is written", async () => {
    const toVnet = (subscription: string) => ({
      id: `/subscriptions/${subscription}/resourceGroups/RG-Payments-Network/providers/Microsoft.Network/virtualNetworks/vnet-payments`,
      addressSpace: { addressPrefixes: ["10.60.0.0/16"] },
      virtualNetworkPeerings: [],
    })
    const { azureSubscriptionId } = requests.AZURE
    const answer = await createAndPaste("AZURE", toVnet(azureSubscriptionId.toUpperCase()))
    expect(KnownFacts.parse(answer.json()).facts?.addresses?.value).toEqual(["10.60.0.0/16"])
    const refused = await createAndPaste("AZURE", toVnet("00000000-0000-4000-8000-000000000000"))
    expect(readVerdict(refused)).toBe("422 facts_of_another_network")
  })
})

describe("POST /hand-off/facts", () => {
  beforeEach(() => open())
  afterEach(() => desk.close())

  test("answers what the page showed before, and nothing of what was pasted", async () => {
    const look = async () =>
      HandOffView.parse((await desk.call("GET", apiUrls.openHandOff(), { headers: asHolder() })).json())
    const before = await look()
    const answer = HandOffView.parse((await pasteByLink(printLookUp(now()))).json())
    expect(answer).toEqual(before)
    expect(await look()).toEqual(before)
    await paste(printLookUp(now()))
    expect(JSON.stringify(await look())).not.toContain("rtb-0a17")
  })

  test("is refused for a link that is wrong, revoked or expired, before its text is read", async () => {
    const right = token
    const broken = "{".repeat(1_000)
    const headers = (wrong: string) => ({ cookie: undefined, authorization: `Bearer ${wrong}` })
    const wrong = `${right.slice(0, -1)}${right.endsWith("A") ? "B" : "A"}`
    const ask = (of: string) =>
      desk.call("POST", apiUrls.pasteHandOffFacts(), { headers: headers(of), body: broken })
    expect(readVerdict(await ask(wrong))).toBe("404 hand_off_invalid")
    expect(readVerdict(await ask(""))).toBe("404 hand_off_invalid")
    const body = { expiresInHours: 1 }
    const made = MadeHandOff.parse(
      (await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).json(),
    )
    await desk.call("DELETE", apiUrls.handOff(projectId, id, made.handOff.id))
    expect(readVerdict(await ask(made.token))).toBe("410 hand_off_revoked")
    desk.clock.advance(25 * 60 * minuteMs)
    expect(readVerdict(await ask(right))).toBe("410 hand_off_expired")
    expect(await kept()).toEqual([])
  })

  test("reads a hostile text without holding up the server", async () => {
    const assign = (scope: string) => ({ roleDefinitionName: "Owner", scope })
    const vnets = Array.from({ length: 100 }, (_, at) =>
      assign(`/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v${at}`),
    )
    const text = JSON.stringify([...vnets, assign(`${"/".repeat(24_000)}x`)])
    expect(readVerdict(await pasteByLink(text))).toBe("422 facts_of_another_network")
    desk.clock.advance(minuteMs)
    expect(readVerdict(await pasteByLink(`["${" ".repeat(49_000)}x\n`))).toBe("422 facts_unreadable")
  })

  test("is refused once Atlas no longer lists the connection", async () => {
    expect(
      (
        await desk.call("DELETE", apiUrls.peering(projectId, id), {
          body: { name: requests.AWS.vpcId, reason: "Gone" },
        })
      ).status,
    ).toBe(202)
    desk.simulator.advance(3600)
    desk.clock.advance(3_600_000)
    expect(readVerdict(await pasteByLink(printLookUp(now())))).toBe("404 peering_not_found")
  })
})
