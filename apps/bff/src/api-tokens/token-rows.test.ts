import { describe, expect, test } from "vitest"
import { openAuditLog, readRows } from "#test/support/audit-log.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { ApiTokens } from "./api-tokens.ts"
import { TokenOwners } from "./token-owners.ts"

const dayMs = 24 * 60 * 60_000
const identity = { issuer: "https://id.example", subject: "nadia", name: "Nadia Berg", email: null }
const userKey = "https://id.example\nnadia"
const claims = (group: string) => ({ groups: [group] })

describe.each(dialects)("the rows of tokens and their owners over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function open() {
    const { clock, open: openStore } = await createDatabase()
    const store = await openStore()
    const apiTokens = new ApiTokens({ store, clock })
    const owners = new TokenOwners({ store, clock, apiTokens, audit: openAuditLog(store, clock) })
    async function add(id: string, days = 90): Promise<void> {
      const now = clock.now()
      const token = { id, hash: `hash of ${id}`, userKey, name: id, role: "viewer" as const, sessionId: null }
      await store.db.transaction().execute(async (transaction) => {
        const lasts = { createdAt: now, expiresAt: now + days * dayMs }
        await apiTokens.add({ ...token, projects: ["p1", "p2"], ...lasts }, transaction)
        await owners.save({ identity, claims: claims("team") }, now, transaction)
      })
    }
    return { store, clock, apiTokens, owners, add }
  }

  test("are found by hash with the owner, revoked once, and noted as used once a minute", async () => {
    const { store, clock, apiTokens, add } = await open()
    await add("deploy")
    const token = await apiTokens.findByHash("hash of deploy")
    if (token === null) throw new Error("not found")
    expect(token).toMatchObject({
      projects: ["p1", "p2"],
      lastUsedAt: null,
      owner: { identity, claims: claims("team"), confirmedAt: clock.now(), refusedAt: null },
    })
    const uses = ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map((address) => apiTokens.noteUse(token, address))
    await Promise.all(uses)
    expect((await apiTokens.find("deploy"))?.lastUsedAt).toBe(clock.now())
    const revoked = { by: "Nadia Berg", at: clock.now() }
    expect(await apiTokens.revoke("deploy", revoked, store.db)).toBe(true)
    expect(await apiTokens.revoke("deploy", revoked, store.db)).toBe(false)
    expect(await apiTokens.revoke("other", revoked, store.db)).toBe(false)
    expect(await apiTokens.list(userKey)).toMatchObject([{ id: "deploy", revokedAt: clock.now() }])
    expect(await apiTokens.findByHash("hash")).toBeNull()
  })

  test("are noted as used after a use that was stored while the clock was a day ahead", async () => {
    const { store, clock, apiTokens, add } = await open()
    await add("deploy")
    const ahead = { last_used_at: clock.now() + dayMs, last_used_from: "10.0.0.1" }
    await store.db.updateTable("api_token").set(ahead).execute()
    const token = await apiTokens.find("deploy")
    await apiTokens.noteUse(token!, "10.0.0.2")
    expect(await apiTokens.find("deploy")).toMatchObject({
      lastUsedAt: clock.now(),
      lastUsedFrom: "10.0.0.2",
    })
  })

  test("keep the newest word of the provider about an owner", async () => {
    const { store, clock, apiTokens, owners, add } = await open()
    await add("deploy")
    const before = clock.now()
    const read = async () => (await apiTokens.find("deploy"))?.owner
    clock.advance(60_000)
    await owners.confirmed({ identity: { ...identity, name: "Nadia Novak" }, claims: claims("others") })
    const confirmed = {
      claims: claims("others"),
      confirmedAt: clock.now(),
      identity: { name: "Nadia Novak" },
    }
    expect(await read()).toMatchObject(confirmed)
    await store.db
      .transaction()
      .execute((transaction) => owners.save({ identity, claims: claims("team") }, before, transaction))
    expect(await read()).toMatchObject(confirmed)

    await owners.refused(identity, "10.0.0.1")
    const refusedAt = clock.now()
    clock.advance(60_000)
    await owners.refused(identity, "10.0.0.1")
    expect(await read()).toMatchObject({ refusedAt })
    await owners.confirmed({ identity, claims: claims("team") })
    expect(await read()).toMatchObject({ refusedAt: null, claims: claims("team") })
    const rows = (await readRows(store)).filter(({ action }) => action.startsWith("tokens-"))
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ["tokens-paused", { subject: "nadia", name: "Nadia Berg", tokens: 1 }],
      ["tokens-resumed", { tokens: 1 }],
    ])
  })

  test("keep nobody who has no token", async () => {
    const { store, owners } = await open()
    await owners.confirmed({ identity, claims: claims("team") })
    await owners.refused(identity, null)
    expect(await store.db.selectFrom("token_owner").selectAll().execute()).toEqual([])
  })

  test("are swept 90 days after they ended, owners with their last token", async () => {
    const { store, clock, apiTokens, add } = await open()
    await add("short", 1)
    await add("long", 300)
    clock.advance(91 * dayMs - 1)
    await sweepStore(store, clock.now())
    expect((await apiTokens.list(null)).map(({ id }) => id).toSorted()).toEqual(["long", "short"])
    clock.advance(1)
    await sweepStore(store, clock.now())
    expect((await apiTokens.list(null)).map(({ id }) => id)).toEqual(["long"])
    await apiTokens.revoke("long", { by: "", at: clock.now() - 90 * dayMs }, store.db)
    await sweepStore(store, clock.now())
    expect(await store.db.selectFrom("token_owner").selectAll().execute()).toEqual([])
  })
})
