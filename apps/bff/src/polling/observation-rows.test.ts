import type { ProviderName } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import type { NewObservation } from "./observation-rows.ts"
import { PeeringStore } from "./peering-store.ts"
import type { Store } from "#store/store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { storePeerings } from "#test/support/store-peerings.ts"

const projectId = "5fbcdf7ad0cdd06f36a1d66e"
const dayMs = 24 * 60 * 60_000

function observe(status: string, at: number, rest: Partial<NewObservation> = {}): NewObservation {
  const raw = { id: "p-1", statusName: status }
  const usual = { projectId, providerName: "AWS" as ProviderName, peeringId: "p-1", what: "listed" as const }
  return { ...usual, at, afterAt: at - 1_000, status, raw, ...rest }
}

describe.each(dialects)("observations over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let peeringStore: PeeringStore

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    peeringStore = new PeeringStore(store)
  })

  const list = (peeringId: string) => peeringStore.listObservations(projectId, peeringId)

  test("each observation is listed in order with its raw answer", async () => {
    await storePeerings(store, [], [observe("INITIATING", 1), observe("PENDING_ACCEPTANCE", 2)])
    await storePeerings(store, [], [observe("PENDING_ACCEPTANCE", 3, { what: "gone", raw: null })])
    expect(await list("p-1")).toEqual([
      { ...observe("INITIATING", 1), number: 1 },
      { ...observe("PENDING_ACCEPTANCE", 2), number: 2 },
      { ...observe("PENDING_ACCEPTANCE", 3, { what: "gone", raw: null }), number: 3 },
    ])
    expect(await list("p-2")).toEqual([])
  })

  test("a change that several processes observe at once is stored once", async () => {
    const processes = [store]
    for (let more = 0; more < 2; more += 1) processes.push(await database.open())
    for (const [index, status] of ["INITIATING", "PENDING_ACCEPTANCE", "FAILED"].entries())
      await Promise.all(
        processes.map((one, process) => storePeerings(one, [], [observe(status, index * 100 + process)])),
      )
    expect((await list("p-1")).map(({ number, status }) => [number, status])).toEqual([
      [1, "INITIATING"],
      [2, "PENDING_ACCEPTANCE"],
      [3, "FAILED"],
    ])
  })

  test("one peering keeps its last 300 observations, beside thousands of others", async () => {
    const many = Array.from({ length: 700 }, (_, index) => observe(`STATE_${index}`, index))
    const others = Array.from({ length: 1_200 }, (_, index) =>
      observe("AVAILABLE", 1, { peeringId: `o-${index}` }),
    )
    await storePeerings(store, [], [...many, ...others])
    expect((await list("p-1")).map(({ number }) => number)).toEqual(
      Array.from({ length: 300 }, (_, index) => 401 + index),
    )
    expect(await list("o-1199")).toHaveLength(1)
  })

  test("observations are removed 90 days after their peering went", async () => {
    const cloud = { projectId, providerName: "AWS" as const }
    const peerings = ["p-1", "p-2"].map((id) => ({ ...cloud, id, raw: { id } }))
    const observations = [observe("AVAILABLE", 0), observe("AVAILABLE", 0, { peeringId: "p-2" })]
    await storePeerings(store, peerings, observations)
    await storePeerings(store, [{ ...peerings[0]!, gone: { at: dayMs, lastListedAt: 0 } }])
    await sweepStore(store, 91 * dayMs - 1)
    expect(await list("p-1")).toHaveLength(1)
    await sweepStore(store, 91 * dayMs)
    expect(await list("p-1")).toEqual([])
    expect(await peeringStore.loadGone(projectId)).toEqual([])
    expect(await list("p-2")).toHaveLength(1)
  })
})
