import type { Peering, SecretReport } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import { queryAudit } from "#audit/audit-query.ts"
import { toSentence } from "#events/event-sentence.ts"
import { createLogger } from "#base/logger.ts"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import { projectId, readNotifications } from "#test/support/audit-log.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { createTimedEvents } from "./timed-events.ts"

const minuteMs = 60_000
const hourMs = 60 * minuteMs

describe.each(dialects)("events that time brings, over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let begun = 0
  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    begun = database.clock.now()
  })

  const after = (ms: number) => toInstant(begun + ms)
  const readSentences = async () => (await readNotifications(store)).map(toSentence)

  /** One process, which knows these things. */
  async function openProcess(facts: Partial<Parameters<typeof createTimedEvents>[0]>) {
    const own = dialect === "postgres" ? await database.open() : store
    return createTimedEvents({
      store: own,
      clock: database.clock,
      logger: createLogger("silent"),
      listPeerings: () => Promise.resolve([]),
      listSecrets: () => [],
      unreachableSince: () => null,
      ...facts,
    })
  }

  /** Every process looks, for a time. */
  async function passTime(processes: readonly (() => Promise<void>)[], ms: number): Promise<void> {
    for (let passed = 0; passed <= ms; passed += 30 * minuteMs) {
      await Promise.all(processes.map((look) => look()))
      database.clock.advance(30 * minuteMs)
    }
  }

  test("tell once that a request expires within 24 hours, and again when it is made again", async () => {
    const waiting = (since: number, expires: number) =>
      ({
        projectId,
        id: "5fbcdf7ad0cdd06f36a1d66f",
        peer: { providerName: "AWS", awsAccountId: "482913570264", vpcId: "vpc-1" },
        label: null,
        history: [{ status: "PENDING_ACCEPTANCE", at: after(since) }],
        expiresEarliest: after(expires),
      }) as unknown as Peering
    let peerings = [waiting(0, 30 * hourMs)]
    const facts = { listPeerings: () => Promise.resolve(peerings) }
    const processes = [await openProcess(facts), await openProcess(facts)]
    await passTime(processes, 5 * hourMs)
    expect(await readSentences()).toEqual([])
    await passTime([...processes, await openProcess(facts)], 40 * hourMs)
    const sentence =
      "The request for vpc-1 expires on 16 Jan 2026, 18:00 UTC or soon after: accept it in AWS account 482913570264."
    expect(await readSentences()).toEqual([sentence])
    peerings = [waiting(48 * hourMs, 70 * hourMs)]
    await passTime(processes, hourMs)
    expect(await readSentences()).toEqual([
      sentence,
      sentence.replace("16 Jan 2026, 18:00", "18 Jan 2026, 10:00"),
    ])
  })

  test("tell each step towards the end of a secret once, to people and in the audit log", async () => {
    let warning: SecretReport["warning"] = null
    const facts = { listSecrets: () => [{ label: "main", expiresAt: after(hourMs), warning }] }
    const processes = [await openProcess(facts), await openProcess(facts)]
    await passTime(processes, hourMs)
    const steps = ["within-30-days", "within-7-days", "within-1-day", "expired"] as const
    for (const step of steps) {
      warning = step
      await passTime(processes, hourMs)
    }
    await passTime([...processes, await openProcess(facts)], hourMs)
    const expires = "The secret of the Atlas credential main expires on 15 Jan 2026, 13:00 UTC."
    expect(await readSentences()).toEqual([expires, expires, expires, expires.replace("expires", "expired")])
    const { rows } = await queryAudit(store, { action: "key-expires" })
    expect(rows.map(({ detail }) => detail?.["why"]).toReversed()).toEqual(steps)
    expect(rows[0]).toMatchObject({ actor: null, detail: { name: "main", expiresAt: after(hourMs) } })
  })

  test("tell an outage of Atlas after 15 minutes, once for all processes, and the next one too", async () => {
    let since: number | null = null
    const facts = (aheadMs: number) => ({
      unreachableSince: () => (since === null ? null : toInstant(since + aheadMs)),
    })
    const processes = [await openProcess(facts(0)), await openProcess(facts(20_000))]
    since = begun - 10 * minuteMs
    await Promise.all(processes.map((look) => look()))
    expect(await readSentences()).toEqual([])
    database.clock.advance(6 * minuteMs)
    await passTime(processes, 2 * hourMs)
    expect((await readSentences()).length).toBe(1)
    since = null
    await passTime(processes, hourMs)
    since = database.clock.now()
    await passTime(processes, hourMs)
    expect((await readSentences()).map((sentence) => sentence.slice(0, 31))).toEqual([
      "Atlas has not answered since 15",
      "Atlas has not answered since 15",
    ])
  })
})
