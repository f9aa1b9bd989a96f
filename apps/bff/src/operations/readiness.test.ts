import { describe, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { AtlasReach } from "./atlas-reach.ts"
import { createReadiness } from "./readiness.ts"

const outage = (code: string) =>
  new AppError("store_unavailable", {
    retryAfterSeconds: 5,
    cause: Object.assign(new Error("canary: desk@db.internal refused"), { code }),
  })
const passedKey = { problem: null, checkedAt: "2026-01-15T12:00:00.000Z", secret: null }
const usual = {
  lifetime: { leaving: false, stopping: false },
  probeStore: () => Promise.resolve(5),
  knownVersion: 5,
  atlasReach: { failure: null },
  sharing: null,
  databaseClock: null,
  checkpoints: { openFlaws: 0 },
  keyHealth: { reports: () => [passedKey], configurationProblem: null },
}

async function ask(changed: Partial<Parameters<typeof createReadiness>[0]>) {
  const asked = createReadiness({ ...usual, ...changed })()
  const { checks = [], code } = await asked.then(
    (all) => ({ checks: all, code: null }),
    (error: unknown) => ({ ...(error as AppError).shown, code: (error as AppError).code }),
  )
  return {
    code,
    unusual: checks.filter(({ state }) => state !== "ok"),
    names: checks.map(({ name }) => name),
  }
}

describe("readiness", () => {
  test("lists everything that was checked", async () => {
    expect(await ask({})).toEqual({
      code: null,
      unusual: [],
      names: ["process", "database", "tables", "atlas", "keys", "audit-log", "configuration"],
    })
  })

  test("warns of a flaw of the audit log until somebody acknowledges it", async () => {
    expect(await ask({ checkpoints: { openFlaws: null } })).toMatchObject({ code: null, unusual: [] })
    expect(await ask({ checkpoints: { openFlaws: 1 } })).toMatchObject({
      code: null,
      unusual: [{ name: "audit-log", state: "warning" }],
    })
  })

  test("tells among several processes whether their news arrives at once", async () => {
    expect((await ask({ sharing: { isInstant: true } })).names).toContain("notices")
    expect(await ask({ sharing: { isInstant: false } })).toMatchObject({
      code: null,
      unusual: [{ name: "notices", state: "warning" }],
    })
    const isDown = { probeStore: () => Promise.reject(outage("ECONNREFUSED")) }
    expect(await ask({ sharing: { isInstant: false }, ...isDown })).toMatchObject({
      unusual: [{ name: "database", state: "failed" }],
    })
  })

  test("warns when this server's clock is more than 5 s off the database's", async () => {
    expect(await ask({ databaseClock: { aheadMs: 5_000 } })).toMatchObject({ code: null, unusual: [] })
    for (const [aheadMs, where] of [
      [5_001, "5 s ahead of"],
      [-30_000, "30 s behind"],
    ] as const)
      expect(await ask({ databaseClock: { aheadMs } })).toMatchObject({
        code: null,
        unusual: [
          {
            name: "clock",
            state: "warning",
            says: `This server's clock is ${where} the database's. The server uses the database's time. Synchronise the clocks (NTP).`,
          },
        ],
      })
  })

  test.each([
    ["ECONNREFUSED", /^The database can't be used/],
    ["SQLITE_BUSY", /^The database can't be used/],
    ["SQLITE_FULL", /^The disk of the database is full/],
    ["53100", /^The disk of the database is full/],
  ])("fails by a store that answers %s, without its words", async (code, says) => {
    const answer = await ask({ probeStore: () => Promise.reject(outage(code)) })
    expect(answer).toMatchObject({
      code: "store_unavailable",
      unusual: [{ name: "database", state: "failed" }],
    })
    expect(answer.unusual[0]?.says).toMatch(says)
    expect(JSON.stringify(answer)).not.toMatch(/canary|db\.internal/)
  })

  test("fails while the server stops, and says first that it does", async () => {
    const lifetime = { leaving: true, stopping: false }
    const answer = await ask({ lifetime, probeStore: () => Promise.reject(outage("ECONNREFUSED")) })
    expect(answer).toMatchObject({
      code: "shutting_down",
      unusual: [{ name: "process" }, { name: "database" }],
    })
  })

  test("warns of tables that a newer version has changed", async () => {
    const answer = await ask({ probeStore: () => Promise.resolve(7) })
    expect(answer).toMatchObject({ code: null, unusual: [{ name: "tables", state: "warning" }] })
    expect(answer.unusual[0]?.says).toContain("(7, this one knows 5)")
  })

  test("warns of a key that failed its test, without its name", async () => {
    const keyHealth = {
      configurationProblem: null,
      reports: () => [
        passedKey,
        { ...passedKey, problem: { code: "atlas_keys_refused", means: "refused", atlas: null } as never },
      ],
    }
    expect(await ask({ keyHealth })).toMatchObject({
      code: null,
      unusual: [{ name: "keys", state: "warning" }],
    })
  })

  test("warns of a secret that ends, the most urgent first, and of a changed file with errors", async () => {
    const ending = (warning: "within-30-days" | "within-7-days") => ({
      ...passedKey,
      secret: {
        expiresAt: "",
        lastUsedAt: null,
        other: null,
        orgId: null,
        replacedId: null,
        warning,
        says: "canary",
      },
    })
    const reports = () => [ending("within-30-days"), ending("within-7-days")]
    const answer = await ask({ keyHealth: { reports, configurationProblem: "canary" } })
    expect(answer).toMatchObject({
      code: null,
      unusual: [
        { name: "keys", says: "A secret for Atlas expires within 7 days. Atlas keys shows which one." },
        { name: "configuration", state: "warning" },
      ],
    })
    expect(JSON.stringify(answer)).not.toContain("canary")
  })

  test("warns while Atlas does not answer, with the time of the first call that failed", async () => {
    const clock = createTestingClock()
    const atlasReach = new AtlasReach(clock)
    expect((await ask({ atlasReach })).unusual).toEqual([])
    atlasReach.note({ outcome: "atlas_timeout" })
    clock.advance(60_000)
    atlasReach.note({ outcome: "atlas_unreachable" })
    expect((await ask({ atlasReach })).unusual).toEqual([
      {
        name: "atlas",
        state: "warning",
        says: "Atlas has not answered since 2026-01-15T12:00:00.000Z (atlas_unreachable). Pages show the last known state.",
      },
    ])
    atlasReach.note({ outcome: "atlas_refused" })
    expect((await ask({ atlasReach })).unusual).toEqual([])
  })
})
