import { beforeEach, describe, expect, test } from "vitest"
import { rememberLogoutToken } from "#store/logout-tokens.ts"
import type { Store } from "#store/store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { PeeringStore } from "./peering-store.ts"
import { pollPeerings, storePeerings, type GivenPeering, type Seen } from "#test/support/store-peerings.ts"

const startedAt = 1_768_478_400_000
const at = (ms: number) => new Date(startedAt + ms).toISOString()

const stored = {
  projectId: "5fbcdf7ad0cdd06f36a1d66e",
  providerName: "AWS" as const,
  id: "p-1",
  raw: { id: "p-1", statusName: "PENDING_ACCEPTANCE", containerId: null },
  beginSeen: true,
  createdBy: "https://issuer\nnadia",
  firstSeenAt: startedAt,
  gone: null,
}

function observe(status: string, ms: number, rest: Partial<Seen> = {}): Seen {
  const { projectId, providerName, id } = stored
  const when = { at: startedAt + ms, afterAt: startedAt + ms - 1_000 }
  return { projectId, providerName, id, ...when, raw: { id, statusName: status }, ...rest }
}

describe.each(dialects)("PeeringStore over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let store: Store
  let peeringStore: PeeringStore

  beforeEach(async () => {
    store = await (await createDatabase()).open()
    peeringStore = new PeeringStore(store)
  })

  const save = (...peerings: GivenPeering[]) => storePeerings(store, peerings)
  const load = () => peeringStore.load(stored.projectId)

  test("load returns the saved peerings of one project, oldest first", async () => {
    const other = { ...stored, projectId: "5fbcdf7ad0cdd06f36a1d66f" }
    const older = {
      ...stored,
      id: "p-0",
      raw: { id: "p-0" },
      beginSeen: false,
      createdBy: null,
      firstSeenAt: 1,
    }
    await save(stored, other, older)
    expect(await load()).toMatchObject([older, { ...stored, beginSeen: false }])
    expect(await peeringStore.load("5fbcdf7ad0cdd06f36a1d670")).toEqual([])
  })

  test("the same id in another cloud is another peering", async () => {
    await save(stored, { ...stored, providerName: "GCP" })
    expect(await load()).toHaveLength(2)
  })

  test("a peering that is gone is loaded as gone until a poll lists it again", async () => {
    await pollPeerings(store, observe("PENDING_ACCEPTANCE", 0))
    await save(stored, { ...stored, id: "p-2", raw: { id: "p-2" } })
    const gone = { at: startedAt + 5, lastListedAt: startedAt + 4 }
    await pollPeerings(store, observe("", 5, { raw: null, afterAt: startedAt + 4 }))
    expect((await load()).map(({ id }) => id)).toEqual(["p-2"])
    expect(await peeringStore.loadGone(stored.projectId)).toMatchObject([
      { ...stored, gone, history: [{ status: "PENDING_ACCEPTANCE", at: at(0) }] },
    ])
    expect(await peeringStore.countGone()).toEqual(new Map([[stored.projectId, 1]]))
    await save(stored)
    expect(await load()).toHaveLength(2)
    expect(await peeringStore.loadGone(stored.projectId)).toEqual([])
  })

  test("a history has each status change since Atlas last began to list the peering", async () => {
    await pollPeerings(
      store,
      observe("INITIATING", 0),
      observe("INITIATING", 1, { raw: { id: "p-1", statusName: "INITIATING", connectionId: "pcx-1" } }),
      observe("PENDING_ACCEPTANCE", 2),
    )
    const before = [
      { status: "INITIATING", at: at(0) },
      { status: "PENDING_ACCEPTANCE", at: at(2) },
    ]
    expect(await load()).toMatchObject([{ history: before, beginSeen: true }])
    await pollPeerings(store, observe("", 3, { raw: null }), observe("PENDING_ACCEPTANCE", 4))
    expect(await load()).toMatchObject([{ history: [{ status: "PENDING_ACCEPTANCE", at: at(4) }] }])
  })

  test("a history without findings has the present status, with an unseen begin", async () => {
    await save({ ...stored, updatedAt: startedAt + 7 })
    expect(await load()).toMatchObject([
      { history: [{ status: "PENDING_ACCEPTANCE", at: at(7) }], beginSeen: false },
    ])
  })

  test("thousands of peerings are saved at once, all or none", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({ ...stored, id: `p-${index}` }))
    await save()
    await save(...many)
    expect(await load()).toHaveLength(2_500)
    const broken = [...many.map((one) => ({ ...one, beginSeen: false })), { ...stored, id: "a\0b" }]
    await expect(save(...broken)).rejects.toThrow(/can't be stored|invalid byte sequence/)
    const unseen = store.db.selectFrom("peering").select("id").where("begin_seen", "=", 0)
    expect(await unseen.execute()).toEqual([])
  })

  test("one of 20 concurrent requests with the same logout token is the first", async () => {
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
