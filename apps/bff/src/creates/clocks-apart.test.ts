import { Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { resumePolling } from "#polling/resume-polling.ts"
import { useDatabases } from "#test/support/database.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"

const createDatabase = useDatabases("postgres")
let databaseUrl = ""
const desks: TestingDesk[] = []
beforeAll(async () => {
  ;({ databaseUrl = "" } = await createDatabase())
}, 300_000)
afterEach(async () => {
  for (const desk of desks.splice(0).toReversed()) await desk.close()
})

async function openTwo(aheadMs: number): Promise<[TestingDesk, TestingDesk]> {
  const first = await openTestingDesk({ environment: { DATABASE_URL: databaseUrl } })
  desks.push(first)
  const { db } = first.services.store
  for (const table of ["create_intent", "seen_peering", "polled_cloud", "process"] as const)
    await db.deleteFrom(table).execute()
  const second = await openTestingDesk({ beside: first, clockAheadMs: aheadMs })
  desks.push(second)
  for (const { services } of desks) {
    await resumePolling(services)
    services.reconciler.start()
  }
  return [first, second]
}

/** Lets seconds pass at both, in each of which they look creates up. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    desks[0]?.clock.advance(1_000)
    for (const { services } of desks) {
      await services.sharing?.renew()
      for (const cloud of ["AZURE", "GCP"] as const) await services.pollers.of(projectId, cloud).poll(500)
    }
  }
}

async function listOutcomes({ services }: TestingDesk): Promise<(string | null)[]> {
  const rows = await services.store.db
    .selectFrom("audit_row")
    .select("outcome")
    .where("action", "=", "peering-create")
    .where("outcome", "is not", null)
    .orderBy("sequence")
    .execute()
  return rows.map(({ outcome }) => outcome)
}

describe.each([30_000, -30_000, 120_000, -120_000])(
  "two servers, one with its clock %i ms ahead",
  (aheadMs) => {
    test("never call a create not created that Atlas answers after nine seconds", async () => {
      const [first, second] = await openTwo(aheadMs)
      const pages = await Promise.all([first.stream([projectId]), second.stream([projectId])])
      for (const page of pages) await page.next("snapshot")
      const before = (await listOutcomes(first)).length
      // Time at the servers passes faster than at Atlas.
      first.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { delayMs: 4_000 } })
      const creating = [
        first.create(projectId, requests.AZURE, "a-key-for-the-first"),
        second.create(projectId, requests.GCP, "a-key-for-the-second"),
      ]
      await expect.poll(() => first.asked("POST", "/peers"), { timeout: 10_000 }).toBe(2)
      await pass(9)
      const made = await Promise.all(creating)
      expect(made.map(({ status }) => status)).toEqual([201, 201])
      await pass(2)
      const shown = pages
        .flatMap(({ messages }) => messages)
        .flatMap((message) => (message.event === "creates" ? message.data.creates : []))
      expect(shown.filter(({ state }) => state === "not-created")).toEqual([])
      expect((await listOutcomes(first)).slice(before)).toEqual(["done", "done"])
      const [forFirst, forSecond] = made.map((answer) => Peering.parse(answer.json()).id)
      const again = [
        await second.create(projectId, requests.AZURE, "a-key-for-the-first"),
        await first.create(projectId, requests.GCP, "a-key-for-the-second"),
      ]
      expect(again.map((answer) => Peering.parse(answer.json()).id)).toEqual([forFirst, forSecond])
      expect(first.asked("POST", "/peers")).toBe(2)
    })
  },
)
