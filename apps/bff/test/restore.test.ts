import { apiUrls, AuditVerification, Peering } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test, vi } from "vitest"
import { copyDatabase } from "#test/support/backup.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const desks: TestApp[] = []
// The first one is last: the others share its Atlas.
afterEach(async () => {
  for (const desk of desks.splice(0).reverse()) await desk.close()
})

async function open({ dataDirectory, databaseUrl }: TestingDatabase, beside?: TestApp) {
  const environment = {
    DATA_DIR: dataDirectory,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  }
  const desk = await startTestApp({ environment, ...(beside !== undefined && { beside }) })
  desks.push(desk)
  return desk
}

/** Creates a peering with one network more. */
const createAws = (desk: TestApp, number: number) =>
  desk.create(
    projectId,
    {
      ...requests.AWS,
      routeTableCidrBlock: `172.16.${number}.0/24`,
      vpcId: `vpc-0${String(number).padStart(16, "0")}`,
    },
    `a-key-of-form-number-${number}`,
  )

async function verify(desk: TestApp, head: string[] = []): Promise<AuditVerification> {
  return AuditVerification.parse((await desk.call("GET", apiUrls.verifyAudit({ head }))).json())
}

describe.each(dialects)("a backup of %s under load, restored", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("settles open creates, creates nothing twice, and its audit log tells which rows are missing", async () => {
    const [first, copy] = [await createDatabase(), await createDatabase()]
    const desk = await open(first)
    const posts = () => desk.asked("POST", "/peers")
    for (const number of [1, 2]) expect((await createAws(desk, number)).status).toBe(201)

    // Atlas creates it, the answer is lost and its list fails: while the backup runs nobody knows.
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { cut: "after" }, times: 1 })
    desk.simulator.addFault({ match: { method: "GET", path: "providerName=GCP" }, fault: { status: 500 } })
    const unsettled = desk.create(projectId, requests.GCP, "a-key-with-a-lost-answer")
    await desk.clock.untilWaiting(1_000)
    const [, ...load] = await Promise.all([
      copyDatabase(first, copy),
      ...[3, 4, 5, 6].map((number) => createAws(desk, number)),
    ])
    expect(load.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    desk.simulator.clearFaults()
    desk.clock.advance(1_000)
    const known = Peering.parse((await unsettled).json())
    expect((await createAws(desk, 7)).status).toBe(201)
    const { head } = await verify(desk)
    desk.services.changeLookUps.stop()
    desk.services.pollers.stop()
    const sent = posts()

    const restored = await open(copy, desk)
    await restored.services.sharing?.start()
    restored.services.changeLookUps.start()
    const find = () => restored.services.changeRows.findByKey(projectId, "a-key-with-a-lost-answer")
    expect(["sent", "unknown"]).toContain((await find())?.state)
    await vi.waitFor(
      async () => {
        if (desk.clock.waiting().some((ms) => ms <= 5_000)) desk.clock.advance(1_000)
        await restored.services.sharing?.renew()
        expect((await find())?.state).toBe("done")
      },
      { timeout: 40_000, interval: 50 },
    )
    const again = await restored.create(projectId, requests.GCP, "a-key-with-a-lost-answer")
    expect(again.status).toBe(201)
    expect(Peering.parse(again.json()).id).toBe(known.id)
    // The copy knows nothing of this one. Atlas does.
    expect(readVerdict(await createAws(restored, 7))).toBe("422 preflight_refused")
    expect(posts()).toBe(sent)

    const alone = await verify(restored)
    expect(alone).toMatchObject({ verdict: "verified", firstFlaw: null })
    const compared = await verify(restored, [head ?? ""])
    expect(compared).toMatchObject({ verdict: "flawed", heads: [{ verdict: "contradicts" }] })
    expect(compared.firstFlaw?.kind).toBe("restored")
  })
})
