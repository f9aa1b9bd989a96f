import { apiUrls, providerNames } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addFindings } from "#events/findings.ts"
import { step } from "#store/step.ts"
import { countStatements, type CountedStatements } from "#test/support/counted-statements.ts"
import { useDatabases } from "#test/support/database.ts"
import { failed } from "#test/support/notifications.ts"
import { keepLeases } from "#test/support/keep-leases.ts"
import { openReceiver, type Receiver } from "#test/support/receiver.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { resumePolling } from "./resume-polling.ts"

/** Three servers over one PostgreSQL. */
const createDatabase = useDatabases("postgres")
const beatMs = 1_000
let statements: CountedStatements
let receiver: Receiver
const desks: TestApp[] = []

beforeAll(async () => {
  receiver = await openReceiver()
  statements = await countStatements((await createDatabase()).databaseUrl ?? "")
  const environment = { DATABASE_URL: statements.databaseUrl, NOTIFICATION_INSIDE_HOSTS: "127.0.0.1" }
  const first = await startTestApp({ environment })
  await keepLeases(first.services.store)
  desks.push(first)
  for (const _ of [2, 3]) desks.push(await startTestApp({ environment, beside: first }))
  for (const { services } of desks) {
    await resumePolling(services)
    services.changeLookUps.start()
    services.checkpoints.start()
    services.notifications.sender.start()
  }
}, 300_000)

afterAll(async () => {
  for (const { services } of desks) {
    services.checkpoints.stop()
    await services.notifications.sender.stop()
  }
  for (const desk of desks.toReversed()) await desk.close()
  await statements.close()
  await receiver.close()
})

/** Lets seconds pass, in each of which every server renews its lease. */
async function passSeconds(seconds: number): Promise<void> {
  const [{ clock }] = desks as [TestApp]
  // One that waits for the lease looks again when it ends, which is sooner on a slow machine.
  const beats = () => clock.waiting().filter((delayMs) => delayMs <= beatMs).length
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1_000)
    await expect.poll(beats, { interval: 1, timeout: 10_000 }).toBeGreaterThanOrEqual(desks.length)
  }
}

/** Lets a minute pass, and counts the statements in it. */
async function countInMinute(): Promise<number> {
  const before = statements.count()
  await passSeconds(60)
  return statements.count() - before
}

test("three servers at rest cost PostgreSQL at most five statements a second", async () => {
  const [first] = desks as [TestApp]
  for (const provider of providerNames) {
    const answer = await first.create(projectId, requests[provider], `a-key-for-the-form-of-${provider}`)
    expect(answer.status).toBe(201)
  }
  // Atlas's lists catch up with what was created.
  await countInMinute()
  expect(await countInMinute()).toBeLessThanOrEqual(300)
}, 60_000)

test("the leader sends within ten seconds what another server found", async () => {
  const [first, , third] = desks as [TestApp, TestApp, TestApp]
  const route = { name: "hook", channel: "webhook", url: receiver.origin, projects: "*" }
  const body = { ...route, clouds: providerNames, events: ["failed"] }
  expect((await first.call("POST", apiUrls.notificationRoutes(), { body })).status).toBe(201)
  await passSeconds(20)
  const found = [failed(1, third.clock.now())]
  await step(third.services.store, ({ transaction }) => addFindings(transaction, found))
  await passSeconds(10)
  await receiver.until(1)
  expect(receiver.received[0]?.body).toContain("the addresses overlap")
}, 30_000)
