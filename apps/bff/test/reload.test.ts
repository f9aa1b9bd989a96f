import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { createDemoKeys, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, type ReadinessCheck } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { SMTPServer } from "smtp-server"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import type { AuditEvent } from "#audit/audit-events.ts"
import { AuditLog } from "#audit/audit-log.ts"
import { readConfig } from "#config.ts"
import { toMessage } from "#notifications/channels/message.ts"
import { createReloader, type Reloader } from "#reload.ts"
import { useDatabases } from "#test/support/database.ts"
import { mountFiles, type MountedFiles } from "#test/support/mounted-files.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { startTestApp, testingAccessRules, type TestApp } from "#test/support/test-app.ts"

const [, , scoped] = createDemoKeys()
const main = { label: "main", ...ownerKey, projects: "*" }
const analytics = {
  label: "analytics",
  publicKey: scoped?.publicKey,
  privateKeyFile: "analytics-key",
  projects: [seededIds.analytics],
}
const secrets = ["first-secret-of-thirty-two-letters!", "second-secret-of-thirty-two-letters"] as const
const good: Record<string, string> = {
  "access-rules.json": JSON.stringify(testingAccessRules),
  "approval-policy.json": JSON.stringify({ lines: [] }),
  "credentials.json": JSON.stringify({ credentials: [main] }),
  "client-secret": "mistyped",
  "session-secret": secrets[0],
  "metrics-token": "the-first-metrics-token",
  "analytics-key": scoped?.privateKey ?? "",
}

/** Takes mail from who knows the second password. */
const mailServer = new SMTPServer({
  allowInsecureAuth: true,
  hideSTARTTLS: true,
  disableReverseLookup: true,
  onAuth: ({ password }, _session, callback) =>
    password === secrets[1] ? callback(null, { user: "desk" }) : callback(new Error("refused")),
  onData: (stream, _session, callback) => void stream.resume().on("end", () => callback()),
})
const toMailUrl = (password: string) =>
  `smtp://desk:${encodeURIComponent(password)}@127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`

let files: MountedFiles
let desk: TestApp
let reloader: Reloader
let recorded: AuditEvent[]
let now: Record<string, string>

beforeAll(async () => {
  await once(mailServer.listen(0, "127.0.0.1"), "listening")
  good["smtp-url"] = toMailUrl(secrets[0])
  files = mountFiles(good)
  desk = await startTestApp({
    persona: null,
    environment: {
      ACCESS_RULES_FILE: files.path("access-rules.json"),
      APPROVAL_POLICY_FILE: files.path("approval-policy.json"),
      ATLAS_PUBLIC_KEY: "",
      ATLAS_PRIVATE_KEY: "",
      ATLAS_CREDENTIALS_FILE: files.path("credentials.json"),
      OIDC_CLIENT_SECRET: "",
      OIDC_CLIENT_SECRET_FILE: files.path("client-secret"),
      SESSION_SECRET: "",
      SESSION_SECRET_FILE: files.path("session-secret"),
      METRICS_TOKEN_FILE: files.path("metrics-token"),
      SMTP_URL_FILE: files.path("smtp-url"),
      SMTP_FROM: "desk@example.com",
    },
  })
})
beforeEach(() => {
  now = good
  files.swap(now)
  recorded = []
  reloader = createReloader({
    services: desk.services,
    config: desk.services.config,
    read: () => readConfig(desk.environment),
    record: (events) => Promise.resolve(void recorded.push(...events)),
    clock: desk.clock,
  })
})
afterEach(() => reloader.stop())
afterAll(async () => {
  await desk.close()
  mailServer.close()
  files.remove()
})

const change = (some: Record<string, string>) => {
  now = { ...now, ...some }
  files.swap(now)
}
/** Two reads in a row, as one change takes. */
async function lookTwice() {
  await reloader.look()
  await reloader.look()
}
const labels = () => desk.services.clients.keys().map(({ credential }) => credential.label)
const askMetrics = async (token: string) =>
  (await desk.call("GET", "/metrics", { headers: { authorization: `Bearer ${token}`, via: "1.1 proxy" } }))
    .status
const askSession = async (cookie: string) =>
  (await desk.call("GET", apiUrls.session(), { headers: { cookie } })).status

const listAuditKeys = async (audit: AuditLog) => await audit.keys.list(desk.services.store.db)

async function readUnready(): Promise<string[]> {
  const { checks } = (await desk.call("GET", "/readyz")).json() as { checks: ReadinessCheck[] }
  return checks.filter(({ state }) => state !== "ok").map(({ name }) => name)
}

describe("a file whose folder was swapped behind a link", () => {
  test("gives sign-ins another client secret, without a restart", async () => {
    expect(await askSession(await desk.signIn("olivia"))).toBe(401)
    change({ "client-secret": "a-client-secret-that-nobody-may-see" })
    await lookTwice()
    expect(await askSession(await desk.signIn("olivia"))).toBe(200)
  })

  test("gives sessions other secrets: a new one in front ends no session, dropping the old one does", async () => {
    change({ "client-secret": "a-client-secret-that-nobody-may-see" })
    await lookTwice()
    const before = await desk.signIn("olivia")
    change({ "session-secret": `${secrets[1]},${secrets[0]}` })
    await lookTwice()
    const after = await desk.signIn("olivia")
    expect([await askSession(before), await askSession(after)]).toEqual([200, 200])
    const [key] = await listAuditKeys(desk.services.audit)
    change({ "session-secret": secrets[1] })
    await lookTwice()
    expect([await askSession(before), await askSession(after)]).toEqual([401, 200])
    // A process that starts now opens the key that signs the audit log.
    const { store, clock } = desk.services
    const restarted = new AuditLog({ store, clock, secrets: [secrets[1]] })
    expect(await listAuditKeys(restarted)).toEqual([key])
  })

  test("gives the metrics another token", async () => {
    expect(await askMetrics("the-first-metrics-token")).toBe(200)
    change({ "metrics-token": "the-second-metrics-token" })
    await lookTwice()
    expect([
      await askMetrics("the-first-metrics-token"),
      await askMetrics("the-second-metrics-token"),
    ]).toEqual([404, 200])
  })

  test("gives e-mail another password", async () => {
    const { publicUrl } = desk.services.config
    const message = toMessage({
      id: randomUUID(),
      createdAt: 0,
      isTest: true,
      events: [],
      publicUrl,
      nameProject: () => null,
    })
    const send = async () => await desk.services.notifications.mail?.send(message, ["olivia@example.com"])
    expect(await send()).toMatchObject({ ok: false })
    change({ "smtp-url": toMailUrl(secrets[1]) })
    await lookTwice()
    expect(await send()).toMatchObject({ ok: true })
  })

  test("gives another approval policy from the next request on, and is recorded", async () => {
    const line = { projects: "*", needs: "administrator" }
    change({ "approval-policy.json": JSON.stringify({ lines: [line], expireAfterHours: 8 }) })
    await lookTwice()
    expect(desk.services.approvalPolicy.read()).toEqual({ lines: [line], expireAfterHours: 8 })
    expect(recorded.filter(({ action }) => action === "approval-policy-read")).toMatchObject([
      { actor: null, detail: { lines: 1 } },
    ])
  })

  test("gives calls other Atlas credentials, also those in files that a file names", async () => {
    change({
      "credentials.json": JSON.stringify({ credentials: [main, analytics] }),
      "analytics-key": "wrong",
    })
    await lookTwice()
    expect(labels()).toEqual(["main", "analytics"])
    const problemOf = () => desk.services.keyHealth.reports().map(({ problem }) => problem?.code ?? null)
    expect(problemOf()).toEqual([null, "atlas_keys_refused"])
    change({ "analytics-key": scoped?.privateKey ?? "" })
    await lookTwice()
    expect(problemOf()).toEqual([null, null])
    expect(recorded.flatMap(({ action, detail }) => (action === "key-read" ? [detail] : []))).toMatchObject([
      { label: "analytics", change: "added" },
      { label: "analytics", change: "replaced" },
    ])
  })

  test("calls an Atlas credential idle only when it was replaced or removed, and names it", async () => {
    await reloader.reload()
    const begin = desk.logs.length
    const listIdle = () =>
      desk.logs
        .slice(begin)
        .filter((line) => line.includes("may be revoked"))
        .map((line) => JSON.parse(line))
    change({ "metrics-token": "the-next-metrics-token" })
    await lookTwice()
    change({ "credentials.json": JSON.stringify({ credentials: [main, analytics] }) })
    await lookTwice()
    expect(listIdle()).toEqual([])
    change({ "analytics-key": "another-one" })
    await lookTwice()
    change({ "credentials.json": good["credentials.json"] ?? "" })
    await lookTwice()
    expect(listIdle()).toMatchObject([{ credentials: ["analytics"] }, { credentials: ["analytics"] }])
  })
})

describe("a change", () => {
  const bad = [
    ["is not JSON", "{", "the file is not JSON"],
    [
      "names a key twice",
      JSON.stringify({ credentials: [main, main] }),
      'the label "main" is given more than once',
    ],
  ] as const
  test.each(bad)(
    "credentials file that %s leaves the old values, and the log, key health and readiness say so",
    async (_name, text, words) => {
      const before = labels()
      change({ "credentials.json": text })
      await lookTwice()
      await reloader.look()
      expect(labels()).toEqual(before)
      expect(desk.services.keyHealth.configurationProblem).toContain(words)
      const warned = desk.logs.filter(
        (line) =>
          line.includes("A changed file can't be used") && line.includes(JSON.stringify(words).slice(1, -1)),
      )
      expect(warned).toHaveLength(1)
      expect(await readUnready()).toEqual(["configuration"])
      change({ "credentials.json": JSON.stringify({ credentials: [main] }) })
      const repairedAt = desk.logs.length
      await lookTwice()
      expect(desk.logs.slice(repairedAt).join("")).toContain("The changed files can be used again")
      expect(await readUnready()).toEqual([])
    },
  )

  test("counts once two reads agree, so that no half-written file does", async () => {
    change({ "metrics-token": "half-written-metrics" })
    await reloader.look()
    expect(await askMetrics("half-written-metrics")).toBe(404)
    change({ "metrics-token": "half-written-metrics-token" })
    await reloader.look()
    expect(await askMetrics("half-written-metrics-token")).toBe(404)
    await reloader.look()
    expect(await askMetrics("half-written-metrics-token")).toBe(200)
    expect(desk.logs.join()).not.toContain("half-written")
  })

  test("a changed plain file is found by itself, without a signal", async () => {
    const clock = createTestingClock()
    const own = createReloader({
      services: desk.services,
      config: desk.services.config,
      read: () => readConfig(desk.environment),
      record: () => Promise.resolve(),
      clock,
    })
    own.start()
    writeFileSync(files.path("metrics-token"), "a-token-written-in-place")
    await vi.waitFor(async () => {
      clock.advance(5_000)
      expect(await askMetrics("a-token-written-in-place")).toBe(200)
    })
    own.stop()
  })
})

describe("a database URL", () => {
  const database = useDatabases("postgres")

  test("a database URL with another user serves the next connection", async () => {
    const { databaseUrl = "", open } = await database()
    const store = await open()
    const readUser = async () =>
      (await sql<{ user: string }>`select current_user as user`.execute(store.db)).rows[0]?.user
    const role = `desk_${randomUUID().replaceAll("-", "")}`
    await sql.raw(`create role ${role} superuser login`).execute(store.db)
    const next = new URL(databaseUrl)
    next.username = role
    store.replaceUrl(next.href)
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(store.db).catch(() => undefined)
    // The connection that was cut off may be noticed by the next query only.
    await expect.poll(() => readUser().catch(() => null), { timeout: 10_000 }).toBe(role)
  })

  test("a database behind a socket stays the same one", async () => {
    const { config, keyHealth } = desk.services
    const store = { ...config.store, databaseUrl: "postgres://desk@/desk?host=/var/run/postgresql" }
    const one = { ...config, store }
    const there = createReloader({
      services: desk.services,
      config: one,
      read: () => one,
      record: () => Promise.resolve(),
      clock: desk.clock,
    })
    await there.look()
    await there.look()
    expect(keyHealth.configurationProblem).toBeNull()
  })

  test("a URL of another database needs a restart, and key health says so", async () => {
    const { config, keyHealth } = desk.services
    const other = {
      ...config,
      store: { ...config.store, databaseUrl: "postgres://canary:canary@db.example/desk" },
    }
    const elsewhere = createReloader({
      services: desk.services,
      config,
      read: () => other,
      record: () => Promise.resolve(),
      clock: desk.clock,
    })
    await elsewhere.look()
    await elsewhere.look()
    expect(keyHealth.configurationProblem).toBe("DATABASE_URL names another database, which needs a restart")
    keyHealth.configurationProblem = null
  })
})
