import { createSimulator, demoServiceAccount, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AccountSecret } from "#atlas/account-secrets.ts"
import { readAccountSecrets } from "#atlas/account-secrets.ts"
import { createAtlasClients } from "#atlas/atlas-clients.ts"
import { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { createLogger } from "#base/logger.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { KeyHealth } from "./key-health.ts"
import { createMetrics } from "./metrics.ts"
import { toSecretReport } from "./secret-expiry.ts"

const hour = 3_600_000
const day = 24 * hour
const now = Date.parse("2026-01-15T12:00:00Z")
const at = (days: number) => new Date(now + days * day).toISOString()
const secret = (days: number, over: Partial<AccountSecret> = {}): AccountSecret => ({
  id: null,
  createdAt: at(days - 365),
  expiresAt: at(days),
  lastUsedAt: null,
  isOurs: true,
  ...over,
})

test.each([
  [30, "within-30-days", 'The secret of "sa" expires in 30 days, on 2026-02-14.'],
  [7.01, "within-30-days", 'The secret of "sa" expires in 7 days, on 2026-01-22.'],
  [7, "within-7-days", 'The secret of "sa" expires in 7 days, on 2026-01-22.'],
  [1.5, "within-7-days", 'The secret of "sa" expires in 1 day, on 2026-01-17.'],
  [1, "within-1-day", 'The secret of "sa" expires in 1 day, on 2026-01-16.'],
  [0.5, "within-1-day", 'The secret of "sa" expires in less than a day, on 2026-01-16.'],
  [0, "expired", 'The secret of "sa" expired on 2026-01-15.'],
  [-3, "expired", 'The secret of "sa" expired on 2026-01-12.'],
])("a secret with %s days left has the warning %s", (days, warning, says) => {
  const report = toSecretReport("sa", [secret(days)], now)
  expect(report?.warning).toBe(warning)
  expect(report?.says).toContain(`${says} Add a second secret in Atlas`)
})

test("a secret with more than 30 days left has no warning", () => {
  expect(toSecretReport("sa", [secret(30.01)], now)).toMatchObject({ warning: null, says: null })
})

test("a report on two secrets is about the one in use, and names a newer one", () => {
  const [ours, newer] = [secret(5), secret(365, { isOurs: false })]
  expect(toSecretReport("sa", [ours, newer], now)).toMatchObject({
    expiresAt: ours.expiresAt,
    other: { expiresAt: newer.expiresAt },
    says: expect.stringContaining("A newer one, made on 2026-01-15, is not in use here"),
  })
  const older = secret(5, { isOurs: false })
  expect(toSecretReport("sa", [older, secret(365)], now)).toMatchObject({
    warning: null,
    other: { expiresAt: older.expiresAt },
  })
})

describe("Atlas's description of a service account", () => {
  const raw = (end: string, days: number) => ({
    id: "0".repeat(24),
    createdAt: at(0),
    expiresAt: at(days),
    maskedSecretValue: `mdb_sa_sk_****${end}`,
  })
  const own = "mdb_sa_sk_a-long-secret-abcd"

  test.each([
    ["one secret, however little Atlas shows of it", [raw("", 9)], [true]],
    ["two of which one ends like ours", [raw("wxyz", 9), raw("abcd", 5)], [true, false]],
    ["two that end alike", [raw("abcd", 9), raw("abcd", 5)], [null, null]],
    ["two of which none ends like ours", [raw("wxyz", 9), raw("stuv", 5)], [null, null]],
    ["two with ends too short to tell", [raw("cd", 9), raw("yz", 5)], [null, null]],
  ])("says which secret is ours: %s", (_name, secrets, isOurs) => {
    expect(readAccountSecrets({ secrets }, own)?.map((one) => one.isOurs)).toEqual(isOurs)
  })

  test.each([
    [{}],
    [{ secrets: "all" }],
    [{ secrets: [] }],
    [{ secrets: [{ ...raw("abcd", 9), expiresAt: "soon" }] }],
  ])("tells nothing when it is %j", (body) => {
    expect(readAccountSecrets(body, own)).toBe(null)
  })
})

describe("the secret of a service account at the simulator", () => {
  const { clientId, clientSecret } = demoServiceAccount
  let simulator: Simulator
  let clock: TestingClock
  let origin: string
  let logs: string[]

  beforeEach(async () => {
    clock = createTestingClock()
    logs = []
    simulator = createSimulator({ realTime: () => clock.now() })
    origin = (await simulator.listen()).origin
  })
  afterEach(() => simulator.close())

  function start(secretValue = clientSecret) {
    const logger = createLogger("info", { write: (line: string) => void logs.push(line) })
    const credential = new AtlasCredential("sa", { clientId, clientSecret: secretValue }, "*")
    const clients = createAtlasClients({
      baseUrl: origin,
      apiVersion: "2023-01-01",
      credentials: [credential],
      logger,
      clock,
    })
    const verdicts: unknown[] = []
    const audit = {
      record: ({ detail }: { detail: object }) =>
        Promise.resolve(void verdicts.push("verdict" in detail && detail.verdict)),
    }
    const keyHealth = new KeyHealth({ clients, audit, clock, logger })
    return { keyHealth, verdicts }
  }
  const warnings = () => logs.filter((line) => line.includes("has to be replaced")).length

  test("is warned of at 30, 7 and 1 days, in the report, the log and a metric", async () => {
    const { keyHealth, verdicts } = start()
    const metrics = createMetrics({
      openAuditFlaws: () => null,
      openStreams: () => 0,
      watchLoops: () => 0,
      pollerLagMs: () => 0,
      notifications: () => Promise.resolve({ waiting: 2, failed: 1, lagMs: 90_000 }),
      secrets: () => keyHealth.secrets(),
    })
    const look = async () => {
      await keyHealth.testAll()
      return [keyHealth.secrets()[0]?.warning, warnings()]
    }
    expect(await look()).toEqual([null, 0])
    expect(keyHealth.secrets()).toMatchObject([
      { label: "sa", expiresAt: "2027-01-15T12:00:00Z", other: null },
    ])
    expect(await metrics.read()).toContain(
      `peering_desk_atlas_secret_expiry_timestamp_seconds{credential="sa"} ${Date.parse("2027-01-15T12:00:00Z") / 1000}`,
    )
    clock.advance(336 * day)
    const soon = ["within-30-days", 1]
    expect(await look()).toEqual(soon)
    expect(await look()).toEqual(soon)
    clock.advance(22.5 * day)
    expect(await look()).toEqual(["within-7-days", 2])
    clock.advance(5.7 * day)
    expect(await look()).toEqual(["within-1-day", 3])
    expect(verdicts).toEqual([
      "works",
      "works, secret expires within 30 days",
      "works, secret expires within 7 days",
      "works, secret expires within 1 day",
    ])
  })

  test("a replaced secret is not taken for its successor", async () => {
    const before = start().keyHealth
    await before.testAll()
    clock.advance(day)
    const second = await addSecret()
    const after = start(second).keyHealth
    await Promise.all([before.testAll(), after.testAll()])
    expect(before.secrets()).toMatchObject([
      { warning: "within-7-days", says: expect.stringContaining("is not in use here") },
    ])
    expect(after.secrets()).toMatchObject([{ warning: null, other: { expiresAt: "2026-01-23T12:00:00Z" } }])
    clock.advance(7 * day)
    await before.testAll()
    expect(before.reports()).toMatchObject([{ problem: { code: "atlas_keys_refused" }, secret: null }])
  })

  async function addSecret(): Promise<string> {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64")
    const token = await fetch(`${origin}/api/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    })
    const { access_token: value } = (await token.json()) as { access_token: string }
    const [project] = simulator.state().projects.filter(({ id }) => id === seededIds.payments)
    const path = `/api/atlas/v2/orgs/${project?.orgId}/serviceAccounts/${clientId}/secrets`
    const added = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${value}`,
        accept: "application/vnd.atlas.2024-08-05+json",
        "content-type": "application/json",
      },
      body: JSON.stringify({ secretExpiresAfterHours: 365 * 24 }),
    })
    return ((await added.json()) as { secret: string }).secret
  }
})
