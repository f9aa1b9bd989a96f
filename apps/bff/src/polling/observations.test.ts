import type { ProviderName } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import { Observations, type NewObservation } from "./observations.ts"
import type { Store } from "#store/store.ts"
import { PeeringStore } from "./peering-store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"

const projectId = "5fbcdf7ad0cdd06f36a1d66e"
const dayMs = 24 * 60 * 60_000

function seen(status: string, at: number, rest: Partial<NewObservation> = {}): NewObservation {
  const raw = { id: "p-1", statusName: status }
  const usual = { projectId, providerName: "AWS" as ProviderName, peeringId: "p-1", what: "listed" as const }
  return { ...usual, at, afterAt: at - 1_000, status, raw, ...rest }
}

describe.each(dialects)("over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let observations: Observations

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    observations = new Observations(store)
  })

  test("what was seen is told in order, with its raw answer", async () => {
    await observations.add([seen("INITIATING", 1), seen("PENDING_ACCEPTANCE", 2)])
    await observations.add([seen("PENDING_ACCEPTANCE", 3, { what: "gone", raw: null })])
    expect(await observations.of(projectId, "p-1")).toEqual([
      { ...seen("INITIATING", 1), number: 1 },
      { ...seen("PENDING_ACCEPTANCE", 2), number: 2 },
      { ...seen("PENDING_ACCEPTANCE", 3, { what: "gone", raw: null }), number: 3 },
    ])
    expect(await observations.of(projectId, "p-2")).toEqual([])
  })

  test("what several processes see at once is kept once", async () => {
    const others = [
      observations,
      new Observations(await database.open()),
      new Observations(await database.open()),
    ]
    for (const [index, status] of ["INITIATING", "PENDING_ACCEPTANCE", "FAILED"].entries())
      await Promise.all(others.map((one, process) => one.add([seen(status, index * 100 + process)])))
    const kept = await observations.of(projectId, "p-1")
    expect(kept.map(({ number, status }) => [number, status])).toEqual([
      [1, "INITIATING"],
      [2, "PENDING_ACCEPTANCE"],
      [3, "FAILED"],
    ])
  })

  test("of one connection the last 300 are kept, and thousands of others", async () => {
    const many = Array.from({ length: 700 }, (_, index) => seen(`STATE_${index}`, index))
    const others = Array.from({ length: 1_200 }, (_, index) =>
      seen("AVAILABLE", 1, { peeringId: `o-${index}` }),
    )
    await observations.add([...many, ...others])
    const kept = await observations.of(projectId, "p-1")
    expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: 300 }, (_, index) => 401 + index))
    expect(await observations.of(projectId, "o-1199")).toHaveLength(1)
  })

  test("the time in a status counts when both its ends were seen closely", async () => {
    const raw = { id: "p-1", statusName: "INITIATING", connectionId: "pcx-1" }
    await observations.add([
      seen("INITIATING", 10_000),
      // Another answer, the same status.
      seen("INITIATING", 15_000, { raw }),
      seen("PENDING_ACCEPTANCE", 30_000),
      seen("FINALIZING", 900_000, { afterAt: 500_000 }),
      seen("AVAILABLE", 930_000),
      seen("DELETING", 5_000, { providerName: "GCP", peeringId: "p-2" }),
      seen("DELETING", 45_000, { providerName: "GCP", peeringId: "p-2", what: "gone", raw: null }),
      seen("AVAILABLE", 45_000, { providerName: "AZURE", peeringId: "p-3", afterAt: null }),
      seen("FAILED", 46_000, { providerName: "AZURE", peeringId: "p-3" }),
    ])
    const spent = await observations.timesSpent({ since: 0, preciseToMs: 90_000 })
    expect(spent.toSorted((one, other) => one.ms - other.ms)).toEqual([
      { providerName: "AWS", status: "INITIATING", ms: 20_000 },
      { providerName: "GCP", status: "DELETING", ms: 40_000 },
    ])
  })

  test("what was seen of a connection goes 90 days after the connection", async () => {
    const peerings = new PeeringStore(store)
    const kept = { projectId, providerName: "AWS" as const, raw: {}, history: [], beginSeen: true }
    for (const id of ["p-1", "p-2"])
      await peerings.save([{ ...kept, id, createdBy: null, firstSeenAt: 0, updatedAt: 0 }])
    await observations.add([seen("AVAILABLE", 0), seen("AVAILABLE", 0, { peeringId: "p-2" })])
    await peerings.markGone({ projectId, providerName: "AWS", id: "p-1" }, { at: dayMs, lastListedAt: 0 })
    await sweepStore(store, 91 * dayMs - 1)
    expect(await observations.of(projectId, "p-1")).toHaveLength(1)
    await sweepStore(store, 91 * dayMs)
    expect(await observations.of(projectId, "p-1")).toEqual([])
    expect(await peerings.loadGone(projectId)).toEqual([])
    expect(await observations.of(projectId, "p-2")).toHaveLength(1)
  })
})
