import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import Database from "libsql"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "kysely"
import { patienceMs } from "#store/store.ts"
import { startPostgres, type TestingPostgres } from "#test/support/postgres.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

const unavailable = "503 store_unavailable"

describe("PostgreSQL outage", () => {
  let postgres: TestingPostgres
  let desk: TestApp
  let databaseUrl: string
  beforeAll(async () => {
    postgres = await startPostgres()
    databaseUrl = (await postgres.createDatabase()).replace("desk@", "desk:a-canary-password@")
    desk = await startTestApp({ environment: { DATABASE_URL: databaseUrl } })
  }, 300_000)
  afterAll(async () => {
    await desk.close()
    await postgres.stop()
  })

  test(
    "every page says so, open streams go on, and all is well again once it is back",
    { timeout: 90_000 },
    async () => {
      await desk.create(projectId, requests.AWS)
      const stream = await desk.stream([projectId])
      await stream.next("snapshot")
      // Every cloud was polled, whether before the stream began or since.
      const lookedAt = () => desk.services.pollers.live.watchOf(projectId, "AZURE")?.checkedAt
      await expect.poll(lookedAt).toEqual(expect.any(String))
      // A session that was read is known for 5 s.
      const cookie = await desk.signIn("olivia")
      await postgres.takeAway()

      for (const [method, path] of [
        ["GET", apiUrls.session()],
        ["GET", apiUrls.installation()],
        ["GET", apiUrls.projects()],
        ["GET", apiUrls.peerings(projectId)],
        ["GET", apiUrls.audit({})],
        ["GET", apiUrls.keys()],
        ["POST", apiUrls.testKeys()],
        ["GET", apiUrls.events({ projects: [projectId].join(",") })],
        ["GET", "/sign-in"],
        ["GET", "/readyz"],
      ] as const) {
        const answer = await desk.call(method, path, { headers: { cookie } })
        expect({ path, verdict: readVerdict(answer) }).toEqual({ path, verdict: unavailable })
        expect(answer.headers["retry-after"]).toBe("5")
      }
      const before = desk.asked("POST", "/peers")
      const refused = await desk.create(projectId, requests.GCP, "a-key-for-the-form-of-GCP")
      expect(readProblem(refused)).not.toHaveProperty("detail")
      expect(readVerdict(refused)).toBe(unavailable)
      expect(desk.asked("POST", "/peers")).toBe(before)
      expect((await desk.call("GET", "/healthz")).status).toBe(200)

      // Nobody polls meanwhile, and streams stay open.
      desk.simulator.advance(20)
      await postgres.bringBack()
      await expect.poll(async () => (await desk.call("GET", "/readyz")).status, { timeout: 10_000 }).toBe(200)
      const changed = stream.next("peering", ({ history }) => history.length === 2)
      let isTold = false
      void changed.finally(() => (isTold = true))
      // Longer than a process trusts the leases that it has.
      const advance = () => {
        desk.clock.advance(2_000)
        return isTold
      }
      await expect.poll(advance, { timeout: 30_000 }).toBe(true)
      expect((await changed).history[1]).toMatchObject({ status: "PENDING_ACCEPTANCE" })

      const created = await desk.create(projectId, requests.GCP, "a-key-for-the-form-of-GCP")
      expect(created.status).toBe(201)
      expect(await stream.next("peering", ({ peer }) => peer.providerName === "GCP")).toBeDefined()
      expect([...desk.answers, stream.text()].join("\n")).not.toContain("canary")
      expect(desk.logs.join("\n")).not.toContain("canary")
    },
  )
})

test("a full SQLite disk sends nothing to Atlas, keeps reads working and is in /readyz from the first refused create on", async () => {
  const desk = await startTestApp()
  const { db } = desk.services.store
  // The room on the disk was tried a moment ago.
  expect((await desk.call("GET", "/readyz")).status).toBe(200)
  await sql`pragma max_page_count = 1`.execute(db)
  const create = (number: number) =>
    desk.create(
      projectId,
      {
        ...requests.AWS,
        routeTableCidrBlock: `172.16.${number}.0/24`,
        vpcId: `vpc-0${String(number).padStart(16, "0")}`,
      },
      `a-key-of-form-number-${number}`,
    )
  // The first ones may still fit into pages that are half full.
  let sent = 0
  let answer = await create(sent)
  while (answer.status === 201 && sent < 100) answer = await create((sent += 1))
  expect(readVerdict(answer)).toBe(unavailable)
  expect(desk.asked("POST", "/peers")).toBe(sent)
  expect((await desk.call("GET", apiUrls.peerings(projectId))).status).toBe(200)
  const ready = await desk.call("GET", "/readyz")
  expect(readVerdict(ready)).toBe(unavailable)
  expect(ready.text).toContain("The disk of the database is full.")
  await sql`pragma max_page_count = 1000000`.execute(db)
  expect((await desk.call("GET", "/readyz")).status).toBe(200)
  expect((await create(sent)).status).toBe(201)
  await desk.close()
})

test("pages are read while another process has locked the SQLite file and a create waits for it", async () => {
  const desk = await startTestApp()
  const other = new Database(join(desk.environment["DATA_DIR"] ?? "", "peering-desk.sqlite"))
  // The use of a session is noted once a minute.
  desk.clock.advance(61_000)
  other.exec("BEGIN IMMEDIATE")
  const answered: string[] = []
  const creating = desk.create(projectId, requests.AWS).finally(() => answered.push("create"))
  const reading = Promise.all(
    [apiUrls.session(), apiUrls.peerings(projectId)].map((path) => desk.call("GET", path)),
  ).finally(() => answered.push("reads"))
  const passPatience = () => {
    if (desk.clock.waiting().includes(patienceMs)) desk.clock.advance(patienceMs)
    return answered
  }
  await expect.poll(passPatience, { interval: 10, timeout: 40_000 }).toEqual(["reads", "create"])
  expect((await reading).map(({ status }) => status)).toEqual([200, 200])
  expect(readVerdict(await creating)).toBe(unavailable)
  other.close()
  expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
  await desk.close()
})
