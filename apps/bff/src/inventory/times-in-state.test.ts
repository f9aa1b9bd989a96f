import { describe, expect, test } from "vitest"
import { pollPeerings, type Seen } from "#test/support/store-peerings.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { computeTimesInState, listTimesSpent } from "./times-in-state.ts"

function observe(status: string, at: number, rest: Partial<Seen> = {}): Seen {
  const { id = "p-1" } = rest
  const cloud = { projectId: "5fbcdf7ad0cdd06f36a1d66e", providerName: "AWS" as const }
  const raw = { id, statusName: status, status }
  return { ...cloud, id, at, afterAt: at - 1_000, raw, ...rest }
}

describe.each(dialects)("times in state over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("a time counts only when both its ends were observed closely", async () => {
    const store = await (await createDatabase()).open()
    const raw = { id: "p-1", statusName: "INITIATING", connectionId: "pcx-1" }
    const polls = [
      observe("INITIATING", 10_000),
      // Another answer, the same status.
      observe("INITIATING", 15_000, { raw }),
      observe("PENDING_ACCEPTANCE", 30_000),
      observe("FINALIZING", 900_000, { afterAt: 500_000 }),
      observe("AVAILABLE", 930_000),
      observe("DELETING", 5_000, { providerName: "GCP", id: "p-2" }),
      observe("DELETING", 45_000, { providerName: "GCP", id: "p-2", raw: null }),
      observe("AVAILABLE", 45_000, { providerName: "AZURE", id: "p-3", afterAt: null }),
      observe("FAILED", 46_000, { providerName: "AZURE", id: "p-3" }),
    ]
    await pollPeerings(store, ...polls)
    const times = await listTimesSpent(store, { since: 0, preciseToMs: 90_000 })
    expect(computeTimesInState(times, new Set(["another"]))).toEqual([])
    const inProject = computeTimesInState(times, new Set(["5fbcdf7ad0cdd06f36a1d66e"]))
    expect(inProject.toSorted((one, other) => one.p50Ms - other.p50Ms)).toEqual([
      { providerName: "AWS", status: "INITIATING", count: 1, p50Ms: 20_000, p90Ms: 20_000 },
      { providerName: "GCP", status: "DELETING", count: 1, p50Ms: 40_000, p90Ms: 40_000 },
    ])
  })
})
