import { Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, expect, test } from "vitest"
import { resumePolling } from "#polling/resume-polling.ts"
import { useDatabases } from "#test/support/database.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { usualTiming } from "#changes/engine/look-up-timing.ts"

const { lookEveryMs } = usualTiming
const createDatabase = useDatabases("postgres")
let databaseUrl = ""
const desks: TestApp[] = []
beforeAll(async () => {
  ;({ databaseUrl = "" } = await createDatabase())
}, 300_000)
afterEach(async () => {
  for (const desk of desks.splice(0).toReversed()) await desk.close()
})

const leadsMs = [0, 30_000, -30_000, 120_000, -120_000]

/** Opens servers over one database, the clock of each this far ahead of the first one's. */
async function openDesks(): Promise<TestApp[]> {
  for (const clockAheadMs of leadsMs)
    desks.push(
      await startTestApp(
        desks[0] === undefined
          ? { environment: { DATABASE_URL: databaseUrl } }
          : { beside: desks[0], clockAheadMs },
      ),
    )
  for (const { services } of desks) {
    await resumePolling(services)
    services.changeLookUps.start()
  }
  return desks
}

/** Counts the servers that have read the open creates and pause before they read them again. */
const countPausing = () => (desks[0]?.clock.waiting() ?? []).filter((ms) => ms === lookEveryMs).length

/** Lets seconds pass at all of them, which look creates up meanwhile. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    desks[0]?.clock.advance(1_000)
    await expect.poll(countPausing, { timeout: 10_000 }).toBeGreaterThanOrEqual(desks.length)
  }
}

async function countSending({ services }: TestApp): Promise<number> {
  const rows = await services.store.db.selectFrom("change").select("id").where("state", "=", "sent").execute()
  return rows.length
}

async function listOutcomes({ services }: TestApp): Promise<(string | null)[]> {
  const rows = await services.store.db
    .selectFrom("event")
    .select("outcome")
    .where("kind", "=", "peering-create")
    .where("outcome", "is not", null)
    .orderBy("number")
    .execute()
  return rows.map(({ outcome }) => outcome)
}

test("servers whose clocks are minutes apart never call a create not created that Atlas answers after nine seconds", async () => {
  const [first, ...others] = await openDesks()
  if (first === undefined) throw new Error("there is no server")
  const pages = await Promise.all(desks.map((desk) => desk.stream([projectId])))
  for (const page of pages) await page.next("snapshot")
  // Nine seconds at the servers pass in less.
  first.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { delayMs: 12_000 } })
  const toRequest = (number: number) => ({ ...requests.GCP, networkName: `network-${number}` })
  const creating = desks.map((desk, number) =>
    desk.create(projectId, toRequest(number), `a-key-for-server-${number}`),
  )
  await expect.poll(() => countSending(first), { timeout: 10_000 }).toBe(desks.length)
  await pass(9)
  // Atlas counts a request once it is answered.
  expect(first.asked("POST", "/peers")).toBe(0)
  const made = await Promise.all(creating)
  expect(made.map(({ status }) => status)).toEqual(leadsMs.map(() => 201))
  await pass(2)
  const shown = pages
    .flatMap(({ messages }) => messages)
    .flatMap((message) => (message.event === "creates" ? message.data.creates : []))
  expect(shown.filter(({ state }) => state === "not-created")).toEqual([])
  expect(await listOutcomes(first)).toEqual(leadsMs.map(() => "done"))
  const ids = made.map((answer) => Peering.parse(answer.json()).id)
  // Each key again, at the next server.
  const again = await Promise.all(
    [...others, first].map((desk, number) =>
      desk.create(projectId, toRequest(number), `a-key-for-server-${number}`),
    ),
  )
  expect(again.map((answer) => Peering.parse(answer.json()).id)).toEqual(ids)
  expect(first.asked("POST", "/peers")).toBe(desks.length)
})
