import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, CloudAccount, cloudUrls, KnownFacts, NetworkList } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import {
  awsAccount,
  beginAccount,
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
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
let readingThread: URL
beforeAll(async () => {
  readingThread = await bundleReadingThread("account-routes")
})
beforeEach(async () => {
  desk = await startTestApp({ readingThread })
})
afterEach(() => desk.close())

const nameRole = (id: string, roleArn: string) =>
  desk.call("PUT", cloudUrls.cloudRole(id), { body: { roleArn } })
const check = async (id: string) =>
  CloudAccount.parse((await desk.call("POST", cloudUrls.checkCloudAccount(id))).json())
const readNetworks = async () =>
  NetworkList.parse((await desk.call("GET", cloudUrls.networks(cloudProject))).json()).networks

test("an account that begins to be connected has a random external id and the server's identity", async () => {
  const [one, other] = [await beginAccount(desk), await beginAccount(desk)]
  expect(one).toMatchObject({
    projectId: cloudProject,
    name: "Payments",
    account: null,
    roleArn: null,
    principal: "arn:aws:iam::400400400400:user/peering-desk",
    state: "waiting",
    problem: null,
  })
  expect(one.externalId).toMatch(/^[0-9a-f]{40}$/)
  expect(one.externalId).not.toBe(other.externalId)
})

test("a role that works connects an account, whose VPCs are known at once", async () => {
  const account = await connectAccount(desk)
  expect(account).toMatchObject({
    account: awsAccount,
    roleArn: readingRole,
    state: "reading",
    problem: null,
    missing: [],
    isOpenToOthers: false,
    connections: 7,
  })
  expect(account.vpcs).toBeGreaterThan(0)
  const networks = await readNetworks()
  const prod = networks.find(({ network }) => network?.value === "vpc-05c1d9e87b3a2f406")
  expect(prod).toMatchObject({
    account: { value: awsAccount, source: "read" },
    name: { value: "payments-prod" },
    region: { value: "us-east-1" },
    addresses: { value: ["10.0.0.0/16"] },
  })
  expect(prod).not.toHaveProperty("routeTables")
  const [event] = await listEvents(desk, "cloud-account-connected")
  expect(event).toMatchObject({
    projectId: cloudProject,
    actor: { name: "Olivia Marsh" },
    detail: { id: account.id, name: "Payments", account: awsAccount, role: readingRole },
  })
})

test("an account counts the regions that have VPCs, not all that were read", async () => {
  const roleArn = "arn:aws:iam::719304826155:role/peering-desk-read"
  expect(await connectAccount(desk, { roleArn })).toMatchObject({ vpcs: 1, regions: ["eu-west-1"] })
})

test("an account of a project without AWS containers and connections says why nothing is read", async () => {
  const projectId = seededIds.emptySandbox
  const problem = expect.stringContaining("no container and no connection on AWS") as string
  expect(await connectAccount(desk, { projectId })).toMatchObject({ state: "reading", readAt: null, problem })
  const container = { providerName: "AWS", atlasCidrBlock: "10.91.0.0/21", regionName: "US_EAST_1" }
  const body = { container, reason: "Reads the ledger" }
  expect((await desk.call("POST", apiUrls.containers(projectId), { body })).status).toBe(201)
  const [account] = await listAccounts(desk)
  expect(await check(account?.id ?? "")).toMatchObject({
    problem: null,
    readAt: expect.any(String) as string,
  })
})

test("a role with another external id is refused with AWS's words, and works once its trust policy is right", async () => {
  const { id, externalId } = await beginAccount(desk)
  changeRole(desk, { externalIds: ["somebody else's"] })
  const refused = CloudAccount.parse((await nameRole(id, readingRole)).json())
  expect(refused).toMatchObject({ state: "refused", vpcs: 0 })
  expect(refused.problem).toContain("AccessDenied")
  expect(await listEvents(desk, "cloud-account-connected")).toEqual([])
  // A role that never worked is no news.
  expect(await listEvents(desk, "cloud-role-refused")).toEqual([])
  changeRole(desk, { externalIds: [externalId] })
  expect(await check(id)).toMatchObject({ state: "reading", problem: null })
})

test("a role that others can assume without the external id is marked as open to others, and used", async () => {
  const { id } = await beginAccount(desk)
  changeRole(desk, { externalIds: [] })
  expect((await nameRole(id, readingRole)).json()).toMatchObject({ state: "reading", isOpenToOthers: true })
})

test("a missing right is named, and a later check no longer names it", async () => {
  const { id, externalId } = await beginAccount(desk)
  const all = desk.simulator.readingRoles().find(({ arn }) => arn === readingRole)?.rights ?? []
  changeRole(desk, {
    externalIds: [externalId],
    rights: all.filter((right) => right !== "ec2:DescribeNetworkAcls"),
  })
  expect((await nameRole(id, readingRole)).json()).toMatchObject({
    state: "reading",
    missing: ["ec2:DescribeNetworkAcls"],
  })
  changeRole(desk, { rights: all })
  desk.clock.advance(60_000)
  expect(await check(id)).toMatchObject({ missing: [] })
})

test("a check that AWS limits says so instead of calling all rights present or keeping an older problem", async () => {
  const { id, externalId } = await beginAccount(desk)
  const limit = { match: { service: "aws", path: "/ec2" }, fault: { code: "RequestLimitExceeded" } } as const
  changeRole(desk, { externalIds: [externalId] })
  desk.simulator.addFault(limit)
  const limited = CloudAccount.parse((await nameRole(id, readingRole)).json())
  expect(limited).toMatchObject({ state: "unreachable", problem: expect.stringContaining("AWS limits") })
  desk.simulator.clearFaults()
  expect(await check(id)).toMatchObject({ state: "reading", problem: null, missing: [] })
  changeRole(desk, { externalIds: ["somebody else's"] })
  expect(await check(id)).toMatchObject({ state: "refused" })
  changeRole(desk, { externalIds: [externalId] })
  desk.simulator.addFault(limit)
  expect(await check(id)).toMatchObject({ problem: expect.stringContaining("AWS limits") })
})

test("a second role in an AWS account that the project has already is refused", async () => {
  await connectAccount(desk)
  const { id } = await beginAccount(desk, { name: "Again" })
  const answer = await nameRole(id, readingRole)
  expect(readVerdict(answer)).toBe("409 account_connected")
  expect(readProblem(answer).detail).toContain("as “Payments”")
  const elsewhere = await beginAccount(desk, { projectId: seededIds.analytics })
  expect((await nameRole(elsewhere.id, readingRole)).status).toBe(200)
})

test.each(["arn:aws:iam::4829:role/x", "arn:aws:iam::482913570264:user/x", "peering-desk-read", ""])(
  "%j is refused as a role's ARN",
  async (roleArn) => {
    const { id } = await beginAccount(desk)
    expect(Object.keys(readProblem(await nameRole(id, roleArn)).fields ?? {})).toEqual(["roleArn"])
  },
)

test("an account that is disconnected takes its facts and VPCs with it", async () => {
  const { id } = await connectAccount(desk)
  const url = apiUrls.peeringFacts(cloudProject, findPeeringId(desk, "vpc-05c1d9e87b3a2f406"))
  const known = async () => KnownFacts.parse((await desk.call("GET", url)).json())
  expect(await known()).toMatchObject({ facts: { dns: { source: "read" } }, account: { id } })
  expect((await desk.call("DELETE", cloudUrls.cloudAccount(id))).status).toBe(204)
  expect(await known()).toEqual({ facts: null, contradictions: [], waiting: null })
  expect(await readNetworks()).toEqual([])
  expect(await listAccounts(desk)).toEqual([])
  expect(await listEvents(desk, "cloud-account-removed")).toHaveLength(1)
  expect(readVerdict(await desk.call("DELETE", cloudUrls.cloudAccount(id)))).toBe("404 not_found")
})

test("accounts are seen and changed by administrators of their project alone, and changed by no API token", async () => {
  const account = await connectAccount(desk)
  const elsewhere = await connectAccount(desk, { projectId: seededIds.analytics, name: "Analytics" })
  const writes = [
    ["PUT", cloudUrls.cloudRole(account.id), { roleArn: readingRole }],
    ["POST", cloudUrls.checkCloudAccount(account.id), undefined],
    ["DELETE", cloudUrls.cloudAccount(account.id), undefined],
    ["POST", cloudUrls.cloudAccounts(), { projectId: cloudProject, name: "Mine" }],
  ] as const
  for (const persona of ["nadia", "victor", "sam"]) {
    const cookie = await desk.signIn(persona)
    expect(await listAccounts(desk, cookie)).toEqual([])
    for (const [method, url, body] of writes) {
      const answer = await desk.call(method, url, { headers: { cookie }, body })
      expect([persona, method, answer.status]).toEqual([persona, method, persona === "sam" ? 404 : 403])
      expect(answer.text).not.toContain(awsAccount)
    }
  }
  const { secret } = await createToken(desk, desk.cookie)
  for (const [method, url, body] of writes)
    expect((await callByToken(desk, secret, method, url, { body })).status).toBe(403)
  expect((await listAccounts(desk)).map(({ id }) => id).toSorted()).toEqual(
    [account.id, elsewhere.id].toSorted(),
  )
})

test("the server asks AWS nothing while no account is connected", async () => {
  expect(await listAccounts(desk)).toEqual([])
  await desk.services.accountSchedule.run()
  const url = apiUrls.peeringFacts(cloudProject, findPeeringId(desk, "vpc-05c1d9e87b3a2f406"))
  await desk.call("GET", `${url}?viewing=true`)
  expect(desk.simulator.awsCalls()).toEqual([])
  expect(countCalls(desk)).toBe(0)
})

test("the log names the account that can't be read", async () => {
  const { id } = await connectAccount(desk)
  await desk.services.store.db.updateTable("cloud_account").set({ regions: "{", due_at: 0 }).execute()
  await desk.services.accountSchedule.run()
  const lines = desk.logs.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.find(({ msg }) => msg === "Could not read a connected AWS account")).toMatchObject({
    account: id,
  })
})
