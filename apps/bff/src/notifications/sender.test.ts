import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { toUserKey } from "#store/session-store.ts"
import type { Store } from "#store/store.ts"
import { sweepStore } from "#store/sweep.ts"
import { projectId, readNotifications, readRows } from "#test/support/audit-log.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { failed, openNotifications } from "#test/support/notifications.ts"
import { openReceiver, type Receiver } from "#test/support/receiver.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { Inboxes } from "./inbox.ts"
import { createMailReaders } from "./mail-readers.ts"

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

interface WebhookBody {
  data: { summary: string; events: { number: number }[] }
}

describe.each(dialects)("notifications over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let clock: TestingClock
  let receiver: Receiver
  let notifications: ReturnType<typeof openNotifications>

  beforeEach(async () => {
    database = await createDatabase()
    clock = database.clock
    store = await database.open()
    receiver = await openReceiver()
    notifications = openNotifications(store, clock)
  })
  afterEach(() => receiver.close())

  const url = (path = "/hook") => `${receiver.origin}${path}`
  const list = () => notifications.messages.listNewest(100)

  /** Lets what was told gather, and sends it. */
  async function sendAll(sender = notifications.sender): Promise<void> {
    await sender.run()
    clock.advance(5_000)
    await sender.run()
  }

  test("send each of 1,000 events once to a webhook, by two processes, and one message to people", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    await notifications.addRoute({ channel: "slack", url: url("/slack") })
    await notifications.tell(...Array.from({ length: 1_000 }, (_, index) => failed(index, clock.now())))
    const beside = openNotifications(dialect === "postgres" ? await database.open() : store, clock)
    await Promise.all([notifications.sender.run(), beside.sender.run()])
    clock.advance(5_000)
    for (let round = 0; round < 4; round += 1)
      await Promise.all([notifications.sender.run(), beside.sender.run()])
    const hooks = receiver.received.filter(({ path }) => path === "/hook")
    const numbers = hooks.flatMap(({ body }) =>
      (JSON.parse(body) as WebhookBody).data.events.map(({ number }) => number),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1))
    expect(new Set(hooks.map(({ headers }) => headers["webhook-id"])).size).toBe(hooks.length)
    const slack = receiver.received.filter(({ path }) => path === "/slack")
    expect(slack.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual([
      "1000 notifications: 1000 failed",
    ])
    expect(await notifications.messages.count()).toEqual({ waiting: 0, failed: 0, oldestAt: null })
  })

  test("an event that is two notifications comes to a webhook in one message, also where the message before it is nearly full", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    const both = { ...failed(0, clock.now()), notifications: ["left-available", "failed"] as const }
    await notifications.tell(...Array.from({ length: 49 }, (_, index) => failed(index, clock.now())))
    await notifications.sender.run()
    await notifications.tell(both, both)
    await sendAll()
    clock.advance(minuteMs)
    await sendAll()
    const numbers = receiver.received.map(({ body }) =>
      (JSON.parse(body) as WebhookBody).data.events.map(({ number }) => number),
    )
    // Both leave at the same time.
    const messages = numbers.toSorted(([a = 0], [b = 0]) => a - b)
    expect(messages).toEqual([Array.from({ length: 49 }, (_, index) => index + 1), [50, 50, 51, 51]])
  })

  test("ten failures that follow a first one make one message a minute later", async () => {
    await notifications.addRoute({ channel: "slack", url: url() })
    await notifications.tell(failed(0, clock.now()))
    await sendAll()
    for (let index = 1; index <= 10; index += 1) {
      await notifications.tell(failed(index, clock.now()))
      await sendAll()
    }
    expect(receiver.received.length).toBe(1)
    clock.advance(minuteMs)
    await sendAll()
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual([
      "vpc-0 failed: the addresses overlap.",
      "10 notifications: 10 failed",
    ])
  })

  test("the log line of a message that was not sent names its route", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() }, { name: "on-call" })
    receiver.answer((response) => void response.writeHead(503).end())
    await notifications.tell(failed(1, clock.now()))
    await sendAll()
    expect(notifications.logs.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { msg: "A notification was not sent", recipient: "route-on-call", route: "on-call" },
    ])
  })

  test("a message is sent again with the same id and body after growing pauses, and what follows joins one other", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    receiver.answer((response) => void response.writeHead(503, { "retry-after": "120" }).end())
    await notifications.tell(failed(1, clock.now()))
    await sendAll()
    for (let index = 2; index <= 5; index += 1) {
      await notifications.tell(failed(index, clock.now()))
      clock.advance(20_000)
      await notifications.sender.run()
    }
    // Retry-After is longer than the usual pause.
    expect(receiver.received.length).toBe(1)
    receiver.answer((response) => void response.writeHead(204).end())
    clock.advance(40_000)
    await notifications.sender.run()
    const [first, ...later] = receiver.received
    expect(later).toHaveLength(2)
    // They leave at the same time.
    const again = later.find(({ headers }) => headers["webhook-id"] === first?.headers["webhook-id"])
    const next = later.find((one) => one !== again)
    expect(again?.body).toBe(first?.body)
    expect(Number(again?.headers["webhook-timestamp"])).toBe(
      Number(first?.headers["webhook-timestamp"]) + 120,
    )
    expect((JSON.parse(next?.body ?? "") as WebhookBody).data.events.map(({ number }) => number)).toEqual([
      2, 3, 4, 5,
    ])
  })

  test("a route is switched off after 21 hours of failure, and administrators find that in their inbox", async () => {
    const routeId = await notifications.addRoute({ channel: "webhook", url: url() })
    await notifications.addRoute({ channel: "slack", url: url("/slack") }, { events: ["route-switched-off"] })
    receiver.answer((response) => void response.writeHead(500).end())
    await notifications.tell(failed(1, clock.now()))
    await sendAll()
    const begun = clock.now()
    for (let hour = 0; hour < 30 && (await notifications.routes.find(routeId))?.off === null; hour += 1) {
      clock.advance(60 * minuteMs)
      await notifications.sender.run()
    }
    const why = "its messages failed for 21 hours (HTTP 500)"
    const off = (await notifications.routes.find(routeId))?.off
    expect(off?.why).toBe(why)
    expect(((off?.at ?? 0) - begun) / minuteMs / 60).toBeGreaterThanOrEqual(21)
    receiver.answer((response) => void response.writeHead(200).end("ok"))
    const attempts = receiver.received.length
    await notifications.tell(failed(2, clock.now()))
    await sendAll()
    expect(receiver.received.slice(attempts).map(({ path }) => path)).toEqual(["/slack"])
    expect(JSON.parse(receiver.received.at(-1)?.body ?? "")).toMatchObject({
      text: `The notification route webhook was switched off: ${why}.`,
    })
    expect((await readRows(store)).map(({ action }) => action)).toEqual(["notification-route-switched-off"])
    const inbox = new Inboxes({ store, clock })
    const admin = { everywhere: "administrator", projects: new Map(), auditor: false } as const
    expect((await inbox.read("admin", admin)).entries.map(({ kind }) => kind)).toContain("route-switched-off")
    const viewer = { everywhere: "viewer", projects: new Map(), auditor: false } as const
    expect((await inbox.read("viewer", viewer)).entries.map(({ kind }) => kind)).toEqual(["failed", "failed"])
  })

  test("a route whose target says 410 Gone is switched off at once", async () => {
    const routeId = await notifications.addRoute({ channel: "webhook", url: url() })
    receiver.answer((response) => void response.writeHead(410).end())
    await notifications.tell(failed(1, clock.now()))
    await sendAll()
    expect((await notifications.routes.find(routeId))?.off?.why).toBe("its target is gone (HTTP 410)")
    expect(await list()).toMatchObject([{ state: "failed", last_answer: "HTTP 410" }])
  })

  test("a message that was under way while its route was switched off is not sent again", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    const under: ((status: number) => void)[] = []
    receiver.answer((response) => void under.push((status) => void response.writeHead(status).end()))
    await notifications.tell(...Array.from({ length: 51 }, (_, index) => failed(index, clock.now())))
    await notifications.sender.run()
    clock.advance(5_000)
    const sending = notifications.sender.run()
    await receiver.until(2)
    under[0]?.(410)
    await expect.poll(async () => (await notifications.routes.find("route-webhook"))?.off).not.toBe(null)
    under[1]?.(500)
    await sending
    receiver.answer((response) => void response.writeHead(204).end())
    clock.advance(minuteMs)
    await notifications.sender.run()
    expect(receiver.received.length).toBe(2)
    expect((await list()).map(({ state, last_answer }) => `${state}: ${last_answer}`).toSorted()).toEqual([
      "failed: HTTP 410",
      "failed: HTTP 500",
    ])
  })

  test("messages are sent at their time again after the clock was a day ahead", async () => {
    await notifications.addRoute({ channel: "slack", url: url() })
    clock.step(dayMs)
    await notifications.tell(failed(1, clock.now()))
    await sendAll()
    await notifications.tell(failed(2, clock.now()))
    await notifications.sender.run()
    clock.step(-dayMs)
    await sendAll()
    await notifications.tell(failed(3, clock.now()))
    await sendAll()
    clock.advance(minuteMs)
    await sendAll()
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual(
      [1, 2, 3].map((index) => `vpc-${index} failed: the addresses overlap.`),
    )
  })

  test("a slow target delays no other route", async () => {
    await notifications.addRoute({ channel: "webhook", url: url("/slow") })
    await notifications.addRoute({ channel: "slack", url: url("/quick") })
    const slow: (() => void)[] = []
    receiver.answer((response) => void slow.push(() => void response.writeHead(204).end()))
    await notifications.tell(failed(1, clock.now()))
    await notifications.sender.run()
    clock.advance(5_000)
    const sending = notifications.sender.run()
    await receiver.until(2)
    expect(receiver.received.map(({ path }) => path).toSorted()).toEqual(["/quick", "/slow"])
    for (const end of slow) end()
    await sending
  })

  test("an attempt whose process stopped is made by another process, with the same id, and its late answer changes nothing", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    await notifications.tell(failed(1, clock.now()))
    await notifications.sender.run()
    clock.advance(5_000)
    const own = dialect === "postgres" ? await database.open() : store
    const stopped = openNotifications(own, createTestingClock(clock.now()))
    const late: (() => void)[] = []
    receiver.answer((response) => void late.push(() => void response.writeHead(500).end()))
    const attempt = stopped.sender.run()
    await receiver.until(1)
    receiver.answer((response) => void response.writeHead(204).end())
    await notifications.sender.run()
    expect(receiver.received.length).toBe(1)
    clock.advance(6_000)
    await notifications.sender.run()
    const [first, again, ...more] = receiver.received.map(({ headers }) => headers["webhook-id"])
    expect([again, more]).toEqual([first, []])
    for (const answer of late) answer()
    await attempt
    expect(await list()).toMatchObject([{ state: "sent", attempts: 2 }])
  })

  test("people get e-mail of what they may see, until the provider refuses to vouch for them", async () => {
    const ruleBookReaders = () =>
      createMailReaders({ store, clock, ownerMs: 30 * dayMs, ruleBook: notifications.ruleBook })
    const person = (name: string, groups: string[]) => ({
      identity: { issuer: "https://sso.example", subject: name, name, email: `${name}@example.com` },
      claims: { groups, email: `${name}@example.com` },
    })
    const inboxes = new Inboxes({ store, clock })
    for (const one of [person("olivia", ["admins"]), person("victor", ["payments"]), person("eve", [])]) {
      await store.db.transaction().execute(async (transaction) => {
        await inboxes.chooseMailEvents(toUserKey(one.identity), ["failed", "key-expires"], transaction)
        await notifications.tokenOwners.save(one, clock.now(), transaction)
      })
    }
    const elsewhere = {
      number: 1,
      at: 0,
      kind: "failed",
      about: { projectId: "f".repeat(24), providerName: "AWS", peeringId: "a" },
      values: {},
    } as const
    const here = { ...elsewhere, about: { ...elsewhere.about, projectId } }
    const key = { ...elsewhere, kind: "key-expires", about: null } as const
    const whoSees = async () =>
      (await ruleBookReaders().list())
        .map(({ address, maySee }) => [address.split("@")[0], ...[elsewhere, here, key].map(maySee)])
        .toSorted(([one], [other]) => String(one).localeCompare(String(other)))
    expect(await whoSees()).toEqual([
      ["eve", false, false, false],
      ["olivia", true, true, true],
      ["victor", false, true, false],
    ])
    await notifications.tokenOwners.refused(person("olivia", []).identity, null)
    await notifications.tokenOwners.confirmed(person("victor", ["admins"]))
    expect(await whoSees()).toEqual([
      ["eve", false, false, false],
      ["victor", true, true, true],
    ])
    // Their words outlive the sweep, and count for 30 days.
    clock.advance(29 * dayMs)
    await sweepStore(store, clock.now())
    expect((await ruleBookReaders().list()).length).toBe(2)
    clock.advance(2 * dayMs)
    expect(await ruleBookReaders().list()).toEqual([])
  })

  test("go 30 days after they are settled, and their events stay", async () => {
    await notifications.addRoute({ channel: "webhook", url: url() })
    await notifications.tell(failed(1, clock.now()), failed(2, clock.now()))
    await sendAll()
    clock.advance(31 * dayMs)
    await sweepStore(store, clock.now())
    expect(await list()).toEqual([])
    await notifications.tell(failed(3, clock.now()))
    expect((await readNotifications(store)).map(({ number }) => number)).toEqual([1, 2, 3])
  })
})
