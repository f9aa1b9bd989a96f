import { beforeEach, describe, expect, test } from "vitest"
import { HandOffs } from "./hand-offs.ts"
import type { Store } from "#store/store.ts"
import { AnnotationRows } from "#polling/annotation-rows.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { PollSessions } from "#polling/poll-sessions.ts"

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const of = { projectId: "5fbcdf7ad0cdd06f36a1d66e", peeringId: "p-1" }
const handOff = {
  ...of,
  id: "a-random-id",
  providerName: "AWS" as const,
  madeFor: null,
  madeBy: "Nadia",
  madeAt: 0,
  expiresAt: dayMs,
}

describe.each(dialects)("over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let handOffs: HandOffs

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    handOffs = new HandOffs(store)
  })

  test("of many who open a link at once, in several processes, one begins the visit", async () => {
    await handOffs.add(handOff)
    const processes = [handOffs, new HandOffs(await database.open()), new HandOffs(await database.open())]
    const open = async (one: HandOffs, now: number) => {
      const found = await one.find(handOff.id)
      if (found !== null && one.beginsVisit(found, now)) return await one.noteVisit(handOff.id, now)
      await one.noteRead(handOff.id, now)
      return false
    }
    const openAt = async (now: number) => {
      const begun = await Promise.all([...processes, ...processes, ...processes].map((one) => open(one, now)))
      return begun.filter(Boolean).length
    }
    expect(await openAt(0)).toBe(1)
    expect(await openAt(9 * minuteMs)).toBe(0)
    expect(await openAt(18 * minuteMs)).toBe(0)
    expect(await openAt(28 * minuteMs)).toBe(1)
    expect(await handOffs.find(handOff.id)).toMatchObject({ openedCount: 2, lastOpenedAt: 28 * minuteMs })
  })

  test("every press counts, a link is taken back once, and goes 90 days after its end", async () => {
    await handOffs.add(handOff)
    await Promise.all(Array.from({ length: 5 }, (_, index) => handOffs.notePressed(handOff.id, index)))
    const revoked = [await handOffs.revoke(handOff.id, { by: "Nadia", at: 7 })]
    revoked.push(await handOffs.revoke(handOff.id, { by: "Olivia", at: 8 }))
    expect(revoked).toEqual([true, false])
    expect(await handOffs.of(of)).toMatchObject([{ pressedCount: 5, revokedBy: "Nadia", revokedAt: 7 }])
    expect(await handOffs.of({ ...of, peeringId: "p-2" })).toEqual([])
    await sweepStore(store, 91 * dayMs - 1)
    expect(await handOffs.find(handOff.id)).not.toBe(null)
    await sweepStore(store, 91 * dayMs)
    expect(await handOffs.find(handOff.id)).toBe(null)
  })

  test("the last label counts, and who was first at a step", async () => {
    const notes = new AnnotationRows(store)
    await notes.setLabel(of, "orders", { by: "Nadia", at: 1 })
    await notes.setLabel(of, "Orders", { by: "Olivia", at: 2 })
    await notes.tick(of, "accept", { by: "Nadia", at: 3 })
    await notes.tick(of, "accept", { by: "Olivia", at: 4 })
    await notes.tick({ ...of, peeringId: "p-2" }, "routes", { by: "Olivia", at: 5 })
    expect(await notes.load(of.projectId)).toEqual(
      new Map([
        ["p-1", { label: "Orders", steps: { accept: { by: "Nadia", at: "1970-01-01T00:00:00.003Z" } } }],
        ["p-2", { label: null, steps: { routes: { by: "Olivia", at: "1970-01-01T00:00:00.005Z" } } }],
      ]),
    )
    await notes.setLabel(of, "", { by: "Nadia", at: 6 })
    await notes.untick(of, "accept")
    expect([...(await notes.load(of.projectId)).keys()]).toEqual(["p-2"])
  })

  test("a stretch grows, and those that reach beyond a moment are told in order", async () => {
    const stretches = new PollSessions(store)
    const cloud = { projectId: of.projectId, providerName: "AWS" as const }
    const first = { ...cloud, id: "one", from: 1, until: 2, problemBefore: null }
    const second = { ...cloud, id: "two", from: 10, until: 20, problemBefore: "atlas_failed" }
    expect(await stretches.lastLook(cloud)).toBe(null)
    await stretches.save([second, first])
    await stretches.save([{ ...first, until: 5 }])
    expect(await stretches.of(cloud, 0)).toEqual([{ ...first, until: 5 }, second])
    expect(await stretches.of(cloud, 6)).toEqual([second])
    expect(await stretches.lastLook(cloud)).toBe(20)
    expect(await stretches.lastLook({ ...cloud, providerName: "GCP" })).toBe(null)
  })
})
