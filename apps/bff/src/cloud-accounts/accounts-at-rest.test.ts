import { apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, describe, expect, test } from "vitest"
import {
  bundleReadingThread,
  cloudProject,
  connectAccount,
  countCalls,
  findPeeringId,
  listAccounts,
  listEvents,
} from "#test/support/cloud-accounts.ts"
import { useDatabases } from "#test/support/database.ts"
import { requests } from "#test/support/requests.ts"
import { resumePolling } from "#polling/resume-polling.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const minuteMs = 60_000
const environment = { SESSION_IDLE_MINUTES: "1440", SESSION_CHECK_MINUTES: "1440", SESSION_MAX_HOURS: "168" }

let readingThread: URL
beforeAll(async () => {
  readingThread = await bundleReadingThread("accounts-at-rest")
})

const desks: TestApp[] = []
afterEach(async () => {
  for (const desk of desks.splice(0).toReversed()) await desk.close()
})

async function open(options: Parameters<typeof startTestApp>[0]): Promise<TestApp> {
  const desk = await startTestApp({ ...options, readingThread })
  desks.push(desk)
  return desk
}

test("ten accounts at rest take at most ten calls each in fifteen minutes", async () => {
  const desk = await open({ environment })
  const rights = desk.simulator.readingRoles()[0]?.rights ?? []
  const project = desk.simulator.state().projects.find(({ id }) => id === cloudProject)
  const containerId = project?.containers.find(({ providerName }) => providerName === "AWS")?.id ?? ""
  const accounts = Array.from({ length: 10 }, (_, at) => `80000000000${at}`)
  for (const [at, account] of accounts.entries()) {
    const roleArn = `arn:aws:iam::${account}:role/reader`
    for (const number of [0, 1]) {
      const vpcId = `vpc-${String(10 * at + number).padStart(8, "0")}`
      const cidr = `10.${100 + 2 * at + number}.0.0/16`
      desk.simulator.putNetwork({
        providerName: "AWS",
        awsAccountId: account,
        vpcId,
        region: "us-west-2",
        cidrs: [cidr],
      })
      const request = {
        ...requests.AWS,
        containerId,
        awsAccountId: account,
        vpcId,
        routeTableCidrBlock: cidr,
      }
      if (number === 0) await desk.services.atlas.createPeer(cloudProject, request)
    }
    desk.simulator.putReadingRole({ arn: roleArn, account, externalIds: [], rights, isRevoked: false })
    await connectAccount(desk, { roleArn, name: account })
  }
  countCalls(desk)
  for (let quarter = 0; quarter < 3; quarter += 1) {
    for (let minute = 0; minute < 15; minute += 1) {
      desk.clock.advance(minuteMs)
      await desk.services.accountSchedule.run()
    }
    const calls = desk.simulator.awsCalls().filter(({ service }) => service === "ec2")
    const counts = accounts.map((account) => calls.filter(({ caller }) => caller?.includes(account)).length)
    expect(counts.filter((count) => count > 0 && count <= 10)).toHaveLength(10)
    desk.simulator.clearAwsCalls()
  }
})

describe("an account whose leader ends in the middle of a reading", () => {
  const createDatabase = useDatabases("postgres")

  test("is read by the next leader, with one event of what broke", async () => {
    const { databaseUrl } = await createDatabase()
    const desk = await open({
      environment: { ...environment, DATABASE_URL: databaseUrl ?? "" },
    })
    await resumePolling(desk.services)
    await connectAccount(desk)
    const vpcId = "vpc-05c1d9e87b3a2f406"
    const view = apiUrls.peeringFacts(cloudProject, findPeeringId(desk, vpcId))
    desk.clock.advance(minuteMs)
    await desk.call("GET", `${view}?viewing=true`)
    const network = desk.simulator.networks().find((one) => "vpcId" in one && one.vpcId === vpcId)
    const to = network?.peerings[0]?.atlas.cidr ?? ""
    desk.simulator.actOnNetwork({ act: "delete-route", network: vpcId, to })

    // The lease lasts seconds.
    for (let passed = 0; passed < 15 * minuteMs; passed += 2_000) {
      desk.clock.advance(2_000)
      await desk.services.sharing?.renew()
    }
    desk.simulator.addFault({
      match: { service: "aws", path: "/ec2/" },
      fault: { delayMs: 600_000 },
      times: 1,
    })
    countCalls(desk)
    const reading = desk.services.accountSchedule.run()
    await expect.poll(() => desk.simulator.awsCalls().some(({ service }) => service === "ec2")).toBe(true)
    const [before] = await listAccounts(desk)
    desk.services.accountSchedule.stop()
    await desk.services.sharing?.stop()

    const next = await open({ beside: desk })
    if (next.services.sharing !== null) await resumePolling(next.services)
    for (let round = 0; round < 8; round += 1) {
      desk.clock.advance(15 * minuteMs)
      await next.services.sharing?.renew()
      await next.services.accountSchedule.run()
    }
    const [after] = await listAccounts(desk)
    expect(after?.state).toBe("reading")
    expect(Date.parse(after?.readAt ?? "")).toBeGreaterThan(Date.parse(before?.readAt ?? ""))
    await reading
    expect(await listEvents(desk, "broken-in-aws")).toHaveLength(1)
    expect((await listAccounts(desk))[0]?.state).toBe("reading")
  })
})
