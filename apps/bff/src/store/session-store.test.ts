import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { SessionData } from "express-session"
import { sql } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import type { Clock } from "#base/clock.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import type { Store } from "./store.ts"
import type { SessionSelector } from "./session-rows.ts"
import { SessionStore, toUserKey, type SessionOwner } from "./session-store.ts"
import { sealSession, unsealSession } from "./session-sealing.ts"
import { sweepStore } from "./sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"

const minute = 60_000
const hour = 60 * minute

interface TestingData extends SessionData {
  owner?: Partial<SessionOwner>
  token?: string
}

const olivia: Partial<SessionOwner> = { issuer: "https://one", subject: "olivia" }
const nadia: Partial<SessionOwner> = { issuer: "https://one", subject: "nadia" }
const oliviaElsewhere: Partial<SessionOwner> = { issuer: "https://two", subject: "olivia" }
const keyOf = ({ issuer = "", subject = "" }: Partial<SessionOwner>) => toUserKey({ issuer, subject })

function holding(owner?: Partial<SessionOwner>, more: Partial<TestingData> = {}): TestingData {
  return { cookie: { originalMaxAge: null }, ...more, ...(owner && { owner }) }
}

/** express-session's own calls, awaited. */
function awaiting(sessions: SessionStore) {
  const done = (call: (callback: (error?: unknown) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      call((error) => (error ? reject(error as Error) : resolve()))
    })
  return {
    get: (id: string) =>
      new Promise<TestingData | null>((resolve, reject) => {
        sessions.get(id, (error, session) => (error ? reject(error as Error) : resolve(session ?? null)))
      }),
    set: (id: string, session: TestingData) => done((callback) => sessions.set(id, session, callback)),
    touch: (id: string, session: TestingData) => done((callback) => sessions.touch(id, session, callback)),
    destroy: (id: string) => done((callback) => sessions.destroy(id, callback)),
  }
}

describe.each(dialects)("sessions over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let sessions: SessionStore
  let calls: ReturnType<typeof awaiting>

  const openSessions = (over: Store, clock: Clock = database.clock) =>
    new SessionStore({
      store: over,
      clock,
      ownerOf: (data) => {
        const { owner } = data as TestingData
        return owner === undefined
          ? null
          : {
              issuer: "",
              subject: "",
              name: "",
              email: null,
              providerSession: null,
              address: null,
              browser: null,
              ...owner,
            }
      },
      idleMs: 30 * minute,
      absoluteMs: 8 * hour,
    })

  const readRow = async () => await store.db.selectFrom("session").selectAll().executeTakeFirstOrThrow()

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    sessions = openSessions(store)
    calls = awaiting(sessions)
  })

  test("finds a saved session again, in another process too", async () => {
    await calls.set("id-1", holding(olivia, { token: "t" }))
    expect(await calls.get("id-1")).toEqual(holding(olivia, { token: "t" }))
    expect(await awaiting(openSessions(await database.open())).get("id-1")).toMatchObject({ token: "t" })
    expect(await calls.get("another-id")).toBeNull()
  })

  test("keeps the newest content of a session", async () => {
    await calls.set("id-1", holding(olivia, { token: "older" }))
    await calls.set("id-1", holding(olivia, { token: "newer" }))
    expect(await calls.get("id-1")).toMatchObject({ token: "newer" })
  })

  test("hides a session's id and content in the database", async () => {
    await calls.set("a-canary-id", holding(olivia, { token: "a-canary-token" }))
    const text = JSON.stringify(await store.db.selectFrom("session").selectAll().execute())
    expect(text).not.toContain("canary")
    const files = dialect === "sqlite" ? readdirSync(database.dataDirectory) : []
    for (const file of files)
      expect(readFileSync(join(database.dataDirectory, file)).includes("canary")).toBe(false)
  })

  test("ignores a session whose content was tampered with", async () => {
    await calls.set("id-1", holding(olivia))
    await calls.set("id-2", holding(nadia))
    const { data } = await store.db
      .selectFrom("session")
      .select("data")
      .where("subject", "=", "nadia")
      .executeTakeFirstOrThrow()
    await store.db.updateTable("session").set({ data }).where("subject", "=", "olivia").execute()
    expect(await calls.get("id-1")).toBeNull()
    expect(await calls.get("id-2")).not.toBeNull()
  })

  test("ends an unused session after the idle time", async () => {
    await calls.set("id-1", holding(olivia))
    database.clock.advance(30 * minute - 1)
    expect(await calls.get("id-1")).not.toBeNull()
    database.clock.advance(1)
    expect(await calls.get("id-1")).toBeNull()
    expect(await sessions.listSessions(keyOf(olivia))).toEqual([])
  })

  test("ends a used and saved session after the absolute time", async () => {
    await calls.set("id-1", holding(olivia))
    for (let passed = 20 * minute; passed < 8 * hour; passed += 20 * minute) {
      database.clock.advance(20 * minute)
      await calls[passed % hour === 0 ? "set" : "touch"]("id-1", holding(olivia))
      expect(await calls.get("id-1")).not.toBeNull()
    }
    database.clock.advance(20 * minute)
    expect(await calls.get("id-1")).toBeNull()
  })

  test("writes use once a minute", async () => {
    await calls.set("id-1", holding(olivia))
    const savedAt = database.clock.now()
    database.clock.advance(minute - 1)
    await calls.touch("id-1", holding(olivia))
    expect((await readRow()).seen_at).toBe(savedAt)
    database.clock.advance(1)
    await calls.touch("id-1", holding(olivia))
    expect(await readRow()).toMatchObject({
      seen_at: savedAt + minute,
      expires_at: savedAt + 31 * minute,
    })
    const elsewhere = awaiting(openSessions(store))
    database.clock.advance(minute - 1)
    await elsewhere.get("id-1")
    await elsewhere.touch("id-1", holding(olivia))
    expect((await readRow()).seen_at).toBe(savedAt + minute)
  })

  test("keeps an ended session ended while a request is in flight", async () => {
    await calls.set("id-1", holding(olivia, { token: "t" }))
    await calls.get("id-1")
    await awaiting(openSessions(await database.open())).destroy("id-1")
    database.clock.advance(5 * minute)
    expect(await calls.get("id-1")).toBeNull()
    await calls.set("id-1", holding(olivia, { token: "t" }))
    await calls.touch("id-1", holding(olivia))
    expect(await calls.get("id-1")).toBeNull()
    expect((await readRow()).data).toBe("")
  })

  test("serves what another process ended or changed for less than five seconds", async () => {
    const others = awaiting(openSessions(await database.open()))
    await calls.set("id-1", holding(olivia, { token: "older" }))
    expect(await calls.get("id-1")).toMatchObject({ token: "older" })
    await others.set("id-1", holding(olivia, { token: "newer" }))
    database.clock.advance(5_000 - 1)
    expect(await calls.get("id-1")).toMatchObject({ token: "older" })
    database.clock.advance(1)
    expect(await calls.get("id-1")).toMatchObject({ token: "newer" })
    await others.destroy("id-1")
    database.clock.advance(5_000)
    expect(await calls.get("id-1")).toBeNull()
  })

  test("serves nothing of a session that this process ended, changed or let expire", async () => {
    await calls.set("id-1", holding(olivia, { token: "older" }))
    await calls.get("id-1")
    await calls.set("id-1", holding(olivia, { token: "newer" }))
    expect(await calls.get("id-1")).toMatchObject({ token: "newer" })
    await calls.destroy("id-1")
    expect(await calls.get("id-1")).toBeNull()
    await calls.set("id-2", holding(olivia))
    database.clock.advance(30 * minute - 1)
    expect(await calls.get("id-2")).not.toBeNull()
    database.clock.advance(1)
    expect(await calls.get("id-2")).toBeNull()
  })

  test("keeps nothing of a session that was ended while it was read", async () => {
    await calls.set("id-1", holding(olivia))
    const read = calls.get("id-1")
    await calls.destroy("id-1")
    await read
    expect(await calls.get("id-1")).toBeNull()
  })

  test("gives each request its own copy of a session", async () => {
    await calls.set("id-1", holding(olivia, { token: "t" }))
    const first = await calls.get("id-1")
    Object.assign(first ?? {}, { token: "changed and not saved" })
    expect(await calls.get("id-1")).toMatchObject({ token: "t" })
  })

  test("lists a person's sessions, newest first, without their ids", async () => {
    await calls.set("id-1", holding({ ...olivia, name: "Olivia", address: "192.0.2.1", browser: "Firefox" }))
    database.clock.advance(minute)
    await calls.set("id-2", holding(olivia))
    await calls.set("id-3", holding(nadia))
    await calls.set("id-4", holding(oliviaElsewhere))
    await calls.set("id-5", holding())
    const listed = await sessions.listSessions(keyOf(olivia))
    expect(listed.map(({ id }) => id)).toEqual([sessions.toListedId("id-2"), sessions.toListedId("id-1")])
    expect(listed[1]).toEqual({
      id: sessions.toListedId("id-1"),
      user: { issuer: "https://one", subject: "olivia", name: "Olivia", email: null },
      address: "192.0.2.1",
      browser: "Firefox",
      createdAt: database.clock.now() - minute,
      seenAt: database.clock.now() - minute,
      expiresAt: database.clock.now() + 29 * minute,
    })
    expect(await sessions.listSessions()).toHaveLength(4)
  })

  const listedId = (id: string) => sessions.toListedId(id)

  test.each<[string, () => SessionSelector, string[]]>([
    ["one's own by its listed id", () => ({ ids: [listedId("id-1")], userKey: keyOf(olivia) }), ["id-1"]],
    ["nobody else's by its listed id", () => ({ ids: [listedId("id-3")], userKey: keyOf(olivia) }), []],
    ["anybody's by its listed id", () => ({ ids: [listedId("id-3")] }), ["id-3"]],
    ["all of a person", () => ({ userKey: keyOf(olivia) }), ["id-1", "id-2"]],
    [
      "by the provider's session",
      () => ({ issuer: "https://one", providerSession: "s-2", subject: null }),
      ["id-2"],
    ],
    [
      "by the provider's session and subject",
      () => ({ issuer: "https://one", providerSession: "s-2", subject: "nadia" }),
      ["id-2", "id-3"],
    ],
  ])("ends %s and notifies listeners", async (_, which, ids) => {
    await calls.set("id-1", holding({ ...olivia, providerSession: "s-1" }))
    await calls.set("id-2", holding({ ...olivia, providerSession: "s-2" }))
    await calls.set("id-3", holding(nadia))
    await calls.set("id-4", holding({ ...oliviaElsewhere, providerSession: "s-2" }))
    const end = async () => {
      const ended = await sessions.endWithin(store.db, which())
      sessions.announceEnded(ended)
      return ended
    }
    const heard: string[] = []
    sessions.onEnded((ended) => heard.push(...ended.map(({ id }) => id)))

    const expected = ids.map((id) => sessions.toListedId(id)).toSorted()
    expect((await end()).map(({ id }) => id).toSorted()).toEqual(expected)
    expect(heard.toSorted()).toEqual(expected)
    const elsewhere = openSessions(await database.open())
    expect((await elsewhere.look([], database.clock.now())).ended.toSorted()).toEqual(expected)
    expect(await end()).toEqual([])
  })

  test("keeps an ended session ended when a process's clock lags", async () => {
    await calls.set("id-1", holding(olivia))
    database.clock.advance(2 * minute)
    await calls.destroy("id-1")
    const behind = openSessions(await database.open(), createTestingClock(database.clock.now() - minute))
    await awaiting(behind).touch("id-1", holding(olivia))
    await awaiting(behind).set("id-1", holding(olivia))
    const listed = behind.toListedId("id-1")
    expect(await behind.look([], database.clock.now() - minute)).toEqual({ ended: [listed] })
    expect(await behind.endWithin(store.db, { ids: [listed] })).toEqual([])
    expect(await readRow()).toMatchObject({ data: "", expires_at: database.clock.now() })
  })

  test("sweeps an ended session a day later", async () => {
    await calls.set("id-1", holding(olivia))
    await calls.destroy("id-1")
    database.clock.advance(24 * hour - 1)
    await sweepStore(store, database.clock.now())
    await readRow()
    database.clock.advance(1)
    await sweepStore(store, database.clock.now())
    expect(await store.db.selectFrom("session").selectAll().execute()).toEqual([])
  })

  test("fails the request, not the process, when the database fails", async () => {
    await sql`drop table session`.execute(store.db)
    await expect(calls.get("id-1")).rejects.toThrow(/no such table|does not exist/)
    await expect(calls.set("id-1", holding())).rejects.toThrow(/no such table|does not exist/)
    await expect(calls.touch("id-1", holding())).rejects.toThrow(/no such table|does not exist/)
    await expect(calls.destroy("id-1")).rejects.toThrow(/no such table|does not exist/)
  })
})

test("a sealed text opens only unchanged and under the id it was sealed with", () => {
  const sealed = sealSession("an-id", "words")
  expect(unsealSession("an-id", sealed)).toBe("words")
  expect(unsealSession("an-ie", sealed)).toBeNull()
  expect(unsealSession("an-id", sealed.slice(0, -2))).toBeNull()
  expect(unsealSession("an-id", "")).toBeNull()
  expect(sealSession("an-id", "words")).not.toBe(sealed)
})
