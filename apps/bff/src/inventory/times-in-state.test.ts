import type { ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import type { NewObservation } from "#polling/observation-rows.ts"
import { storePeerings } from "#test/support/store-peerings.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { computeTimesInState, listTimesSpent } from "./times-in-state.ts"

function observe(status: string, at: number, rest: Partial<NewObservation> = {}): NewObservation {
  const peering = {
    projectId: "5fbcdf7ad0cdd06f36a1d66e",
    providerName: "AWS" as ProviderName,
    peeringId: "p-1",
  }
  const raw = { id: "p-1", statusName: status }
  return { ...peering, what: "listed", at, afterAt: at - 1_000, status, raw, ...rest }
}

describe.each(dialects)("times in state over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("a time counts only when both its ends were observed closely", async () => {
    const store = await (await createDatabase()).open()
    const raw = { id: "p-1", statusName: "INITIATING", connectionId: "pcx-1" }
    const observations = [
      observe("INITIATING", 10_000),
      // Another answer, the same status.
      observe("INITIATING", 15_000, { raw }),
      observe("PENDING_ACCEPTANCE", 30_000),
      observe("FINALIZING", 900_000, { afterAt: 500_000 }),
      observe("AVAILABLE", 930_000),
      observe("DELETING", 5_000, { providerName: "GCP", peeringId: "p-2" }),
      observe("DELETING", 45_000, { providerName: "GCP", peeringId: "p-2", what: "gone", raw: null }),
      observe("AVAILABLE", 45_000, { providerName: "AZURE", peeringId: "p-3", afterAt: null }),
      observe("FAILED", 46_000, { providerName: "AZURE", peeringId: "p-3" }),
    ]
    await storePeerings(store, [], observations)
    const times = await listTimesSpent(store, { since: 0, preciseToMs: 90_000 })
    expect(computeTimesInState(times, new Set(["another"]))).toEqual([])
    const inProject = computeTimesInState(times, new Set(["5fbcdf7ad0cdd06f36a1d66e"]))
    expect(inProject.toSorted((one, other) => one.p50Ms - other.p50Ms)).toEqual([
      { providerName: "AWS", status: "INITIATING", count: 1, p50Ms: 20_000, p90Ms: 20_000 },
      { providerName: "GCP", status: "DELETING", count: 1, p50Ms: 40_000, p90Ms: 40_000 },
    ])
  })
})
