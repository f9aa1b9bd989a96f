import {
  apiUrls,
  ChangedNotificationRoute,
  Delivery,
  DeliveryList,
  Inbox,
  MailChoice,
  NotificationRouteList,
} from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { Webhook } from "standardwebhooks"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { useDatabases } from "#test/support/database.ts"
import { holdHead } from "#test/support/hold-head.ts"
import type { Answer } from "#test/support/http.ts"
import { openReceiver, type Receiver } from "#test/support/receiver.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
let receiver: Receiver
let nadia = ""
let victor = ""
beforeAll(async () => {
  receiver = await openReceiver()
  desk = await startTestApp({
    environment: {
      NOTIFICATION_INSIDE_HOSTS: "127.0.0.1",
      SMTP_URL: "smtp://desk:a-mail-password-nobody-may-see@127.0.0.1:1",
      SMTP_FROM: "Peering Desk <desk@example.com>",
    },
  })
  nadia = await desk.signIn("nadia")
  victor = await desk.signIn("victor")
})
afterAll(async () => {
  await desk.close()
  await receiver.close()
})

const hookPath = "/a-path-that-nobody-may-see"
const route = (more: object = {}) => ({
  name: "payments",
  channel: "webhook",
  url: `${receiver.origin}${hookPath}`,
  projects: "*",
  clouds: ["AWS", "GCP", "AZURE"],
  events: ["action-required", "failed", "available"],
  ...more,
})
const add = (body: object, cookie?: string) =>
  desk.call("POST", apiUrls.notificationRoutes(), { body, ...(cookie && { headers: { cookie } }) })
const change = (id: string, body: object) => desk.call("PATCH", apiUrls.notificationRoute(id), { body })
const list = async () =>
  NotificationRouteList.parse((await desk.call("GET", apiUrls.notificationRoutes())).json()).routes
const deliveries = async (id: string) =>
  DeliveryList.parse((await desk.call("GET", apiUrls.deliveries({ route: id }))).json()).deliveries
const readInbox = async (cookie: string) =>
  Inbox.parse((await desk.call("GET", apiUrls.inbox(), { headers: { cookie } })).json())

async function addRoute(more: object = {}) {
  return ChangedNotificationRoute.parse((await add(route(more))).json())
}

describe("two notification routes of one name", () => {
  const createDatabase = useDatabases("postgres")
  test("the second of two routes of one name that are added at two servers at once is refused", async () => {
    const { databaseUrl = "" } = await createDatabase()
    const first = await startTestApp({ environment: { DATABASE_URL: databaseUrl } })
    const second = await startTestApp({ beside: first })
    const { store } = first.services
    const waiting = sql<{ count: string }>`select count(*) from pg_locks where not granted`
    let adding: Promise<Answer>[] = []
    await holdHead(store, async () => {
      const body = route({ url: "https://hooks.example.com/ledger" })
      adding = [first, second].map((one) => one.call("POST", apiUrls.notificationRoutes(), { body }))
      await expect
        .poll(async () => Number((await waiting.execute(store.db)).rows[0]?.count))
        .toBeGreaterThan(1)
    })
    const statuses = (await Promise.all(adding)).map(({ status }) => status)
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 400])
    await second.close()
    await first.close()
  })
})

describe("notification routes", () => {
  test("show their secret once, and neither it nor the path of the address anywhere else", async () => {
    const { route: added, secret } = await addRoute({ name: "secrets" })
    expect(added).toMatchObject({ place: new URL(receiver.origin).host, off: null, last: null })
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    desk.answers.pop()
    const tested = Delivery.parse((await desk.call("POST", apiUrls.testNotificationRoute(added.id))).json())
    expect(tested).toMatchObject({ state: "sent", isTest: true, lastAnswer: "HTTP 204", to: "secrets" })
    const { headers, body } = receiver.received.at(-1)!
    const signed = Object.fromEntries(
      ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, String(headers[name])]),
    )
    expect(new Webhook(secret!).verify(body, signed)).toMatchObject({ type: "peering-desk.test" })
    expect(signed["webhook-id"]).toBe(tested.id)
    const renamed = ChangedNotificationRoute.parse((await change(added.id, { name: "renamed" })).json())
    expect([renamed.secret, renamed.route.name]).toEqual([null, "renamed"])
    const next = ChangedNotificationRoute.parse((await change(added.id, { newSecret: true })).json())
    desk.answers.pop()
    await desk.call("POST", apiUrls.testNotificationRoute(added.id))
    expect(next.secret).not.toBe(secret)
    await list()
    await desk.call("GET", apiUrls.audit())
    const rows = await desk.services.store.db.selectFrom("notification_route").selectAll().execute()
    const seen = [...desk.answers, ...desk.logs, JSON.stringify(rows)].join("\n")
    for (const hidden of [secret!, next.secret!, hookPath, "a-mail-password-nobody-may-see"])
      expect(seen).not.toContain(hidden)
    expect((await desk.call("DELETE", apiUrls.notificationRoute(added.id))).status).toBe(204)
    expect(await list()).toEqual([])
  })

  test("refuse a change that is based on an older version, and record nothing of it", async () => {
    const { route: added } = await addRoute({ name: "shared" })
    const { version } = added
    const first = await change(added.id, { events: ["failed"], version })
    expect(ChangedNotificationRoute.parse(first.json()).route.version).not.toBe(version)
    expect(readVerdict(await change(added.id, { events: ["available"], version }))).toBe("409 route_changed")
    const changes = (await readRows(desk.services.store)).filter(
      ({ action, detail }) => action === "notification-route-changed" && detail?.["name"] === "shared",
    )
    expect(changes).toHaveLength(1)
    await desk.call("DELETE", apiUrls.notificationRoute(added.id))
  })

  test("record every change with who made it", async () => {
    const { route: added } = await addRoute({ name: "audited", projects: [projectId] })
    await change(added.id, { on: false })
    await change(added.id, { on: true, events: ["failed"] })
    const sent = Delivery.parse((await desk.call("POST", apiUrls.testNotificationRoute(added.id))).json())
    await desk.call("POST", apiUrls.sendAgain(sent.id))
    await desk.call("DELETE", apiUrls.notificationRoute(added.id))
    const rows = (await readRows(desk.services.store))
      .filter(({ action }) => action.startsWith("notification-"))
      .slice(-6)
    expect(rows.map(({ action }) => action)).toEqual([
      "notification-route-added",
      "notification-route-changed",
      "notification-route-changed",
      "notification-test-sent",
      "notification-sent-again",
      "notification-route-removed",
    ])
    expect(new Set(rows.map(({ actor }) => actor?.name))).toEqual(new Set(["Olivia Marsh"]))
    expect(rows[1]?.detail).toMatchObject({ on: false, projects: projectId })
    for (const { detail } of rows) expect(detail).toMatchObject({ route: added.id, name: "audited" })
  })

  test.each([
    ["an address that is not https", { url: "http://hooks.example.com/" }, "url"],
    ["a private address", { url: "https://10.0.0.1/" }, "url"],
    ["no address", { url: undefined }, "url"],
    ["e-mail addresses for a webhook", { addresses: ["a@example.com"] }, "addresses"],
    ["e-mail without an address", { channel: "email", url: undefined }, "addresses"],
    ["no event", { events: [] }, "events"],
    ["an unknown event", { events: ["all"] }, "events.0"],
    ["no project", { projects: [] }, "projects"],
    ["an empty name", { name: " " }, "name"],
  ])("refuse %s", async (_, more, field) => {
    const answer = await add(route(more))
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
  })

  test("have different names", async () => {
    const { route: added } = await addRoute({ name: "twice" })
    expect(readProblem(await add(route({ name: "twice" }))).fields).toEqual({
      name: "There is a route with this name",
    })
    await desk.call("DELETE", apiUrls.notificationRoute(added.id))
  })

  test("are for administrators of all projects", async () => {
    expect(readVerdict(await add(route(), nadia))).toBe("403 forbidden")
  })

  test("say when SESSION_SECRET no longer opens their address, and work again with a new one", async () => {
    const { route: added } = await addRoute({ name: "sealed" })
    await desk.services.store.db
      .updateTable("notification_route")
      .set({ target: "sealed-under-another-secret" })
      .where("id", "=", added.id)
      .execute()
    const failed = Delivery.parse((await desk.call("POST", apiUrls.testNotificationRoute(added.id))).json())
    expect(failed.lastAnswer).toBe("SESSION_SECRET no longer opens the address: enter it again")
    const again = ChangedNotificationRoute.parse(
      (await change(added.id, { url: `${receiver.origin}/again` })).json(),
    )
    desk.answers.pop()
    expect(again.secret).toMatch(/^whsec_/)
    await desk.call("POST", apiUrls.testNotificationRoute(added.id))
    expect(receiver.received.at(-1)?.path).toBe("/again")
    await desk.call("DELETE", apiUrls.notificationRoute(added.id))
  })
})

describe("a connection that waits for its owner", () => {
  test("reaches its routes and inboxes with the values to act on", async () => {
    const { route: ours } = await addRoute({ name: "ours", projects: [projectId] })
    const { route: others } = await addRoute({ name: "others", clouds: ["GCP"] })
    const before = await readInbox(victor)
    const { id } = (await desk.create(projectId, requests.AWS)).json() as { id: string }
    desk.simulator.advance(20)
    await desk.services.pollers.of(projectId, "AWS").poll(0)
    const said = `vpc-0a1b2c3d4e5f60718 waits to be accepted in AWS account 482913570264.`
    const inbox = await readInbox(victor)
    expect(inbox.entries[0]).toMatchObject({ kind: "action-required", projectId, peeringId: id, says: said })
    expect(inbox.unread).toBe(before.unread + 1)
    const marked = Inbox.parse(
      (
        await desk.call("POST", apiUrls.readInbox(), {
          headers: { cookie: victor },
          body: { upTo: inbox.entries[0]?.number },
        })
      ).json(),
    )
    expect(marked.unread).toBe(0)
    const { sender } = desk.services.notifications
    await sender.run()
    desk.clock.advance(5_000)
    await sender.run()
    expect(await deliveries(ours.id)).toMatchObject([{ says: said, state: "sent", eventCount: 1 }])
    expect(await deliveries(others.id)).toEqual([])
  })
})

describe("e-mail choices", () => {
  const read = async (cookie: string) =>
    MailChoice.parse((await desk.call("GET", apiUrls.inboxMail(), { headers: { cookie } })).json())

  test("belong to a person, and are none at first", async () => {
    expect(await read(nadia)).toEqual({
      events: [],
      address: "nadia@example.com",
      addressProblem: null,
      canMail: true,
    })
    const answer = await desk.call("PUT", apiUrls.inboxMail(), {
      headers: { cookie: nadia },
      body: { events: ["failed", "failed", "expires-soon"] },
    })
    expect(MailChoice.parse(answer.json()).events).toEqual(["failed", "expires-soon"])
    expect((await read(desk.cookie!)).events).toEqual([])
  })

  test("refuse an event that there is not", async () => {
    const answer = await desk.call("PUT", apiUrls.inboxMail(), { body: { events: ["everything"] } })
    expect(readVerdict(answer)).toBe("400 invalid_request")
  })
})
