import { beforeEach, describe, expect, test } from "vitest"
import { rememberLogoutToken } from "#store/logout-tokens.ts"
import type { Store } from "#store/store.ts"
import { PeeringStore, type StoredPeering } from "./peering-store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases } from "#test/support/database.ts"

const seen: Omit<StoredPeering, "goneAt"> = {
  projectId: "5fbcdf7ad0cdd06f36a1d66e",
  providerName: "AWS",
  id: "p-1",
  raw: { id: "p-1", statusName: "PENDING_ACCEPTANCE", containerId: null },
  history: [{ status: "PENDING_ACCEPTANCE", at: "2026-01-15T12:00:00.000Z" }],
  beginSeen: true,
  createdBy: "https://issuer\nnadia",
  firstSeenAt: 1_768_478_400_000,
  updatedAt: 1_768_478_400_000,
}

describe.each(dialects)("over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let store: Store
  let peerings: PeeringStore

  beforeEach(async () => {
    store = await (await createDatabase()).open()
    peerings = new PeeringStore(store)
  })

  test("what was seen of a project is there again", async () => {
    const other = { ...seen, projectId: "5fbcdf7ad0cdd06f36a1d66f" }
    const older = { ...seen, id: "p-0", beginSeen: false, createdBy: null, firstSeenAt: 1 }
    await peerings.save([seen, other, older])
    expect(await peerings.load(seen.projectId)).toEqual([
      { ...older, goneAt: null },
      { ...seen, goneAt: null },
    ])
    expect(await peerings.load("5fbcdf7ad0cdd06f36a1d670")).toEqual([])
  })

  test("the same id in another cloud is another connection", async () => {
    await peerings.save([seen, { ...seen, providerName: "GCP" }])
    expect(await peerings.load(seen.projectId)).toHaveLength(2)
  })

  test("a later look brings the newer state; first sight and creator stay", async () => {
    await peerings.save([seen])
    const later = {
      ...seen,
      raw: { id: "p-1", statusName: "AVAILABLE" },
      history: [...seen.history, { status: "AVAILABLE", at: "2026-01-15T12:01:00.000Z" }],
      createdBy: null,
      firstSeenAt: seen.firstSeenAt + 60_000,
      updatedAt: seen.updatedAt + 60_000,
    }
    await peerings.save([{ ...later, raw: {} }, later])
    expect(await peerings.load(seen.projectId)).toEqual([
      { ...later, createdBy: seen.createdBy, firstSeenAt: seen.firstSeenAt, goneAt: null },
    ])
  })

  test("one that Atlas no longer lists is loaded no more, until it is seen again", async () => {
    await peerings.save([seen, { ...seen, id: "p-2" }])
    await peerings.markGone(seen, { at: 5, lastListedAt: 4 })
    await peerings.markGone(seen, { at: 6, lastListedAt: 5 })
    expect((await peerings.load(seen.projectId)).map(({ id }) => id)).toEqual(["p-2"])
    const rows = store.db.selectFrom("seen_peering").select(["gone_at", "history"]).where("id", "=", "p-1")
    expect(await rows.execute()).toEqual([{ gone_at: 5, history: JSON.stringify(seen.history) }])
    expect(await peerings.loadGone(seen.projectId)).toEqual([
      { ...seen, updatedAt: 5, goneAt: 5, lastListedAt: 4 },
    ])
    expect(await peerings.countGone()).toEqual(new Map([[seen.projectId, 1]]))
    await peerings.save([seen])
    expect(await peerings.load(seen.projectId)).toHaveLength(2)
    expect(await peerings.loadGone(seen.projectId)).toEqual([])
  })

  test("takes thousands at once, all or none", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({ ...seen, id: `p-${index}` }))
    await peerings.save([])
    await peerings.save(many)
    expect(await peerings.load(seen.projectId)).toHaveLength(2_500)
    const broken = [...many.map((one) => ({ ...one, updatedAt: 1 })), { ...seen, id: "a\0b" }]
    await expect(peerings.save(broken)).rejects.toThrow(/can't be stored|invalid byte sequence/)
    expect((await peerings.load(seen.projectId)).every(({ updatedAt }) => updatedAt !== 1)).toBe(true)
  })

  test("of 20 who bring one logout token at once, one is the first", async () => {
    const token = { issuer: "https://issuer", jti: "a-token", expiresAt: 1_000 }
    const firsts = await Promise.all(Array.from({ length: 20 }, () => rememberLogoutToken(store.db, token)))
    expect(firsts.filter(Boolean)).toHaveLength(1)
    expect(await rememberLogoutToken(store.db, { ...token, issuer: "https://another" })).toBe(true)
    await sweepStore(store, 999)
    expect(await rememberLogoutToken(store.db, token)).toBe(false)
    await sweepStore(store, 1_000)
    expect(await store.db.selectFrom("logout_token").selectAll().execute()).toEqual([])
  })
})
