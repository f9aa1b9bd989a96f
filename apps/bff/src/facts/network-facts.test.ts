import type { NetworkFacts } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { keepFacts, readKeptFacts, type NewFacts } from "./network-facts.ts"

const dayMs = 24 * 60 * 60_000
const network = "aws\n482913570264\nvpc-0a1b2c3d4e5f60718"
const of = { projectId: "5fbcdf7ad0cdd06f36a1d66e", network }
const noon = Date.parse("2026-11-24T12:00:00Z")
const printedAt = (hour: string) => `2026-11-24T${hour}:00:00.000Z`

function toFacts(hour: string, more: Partial<NetworkFacts> = {}): NetworkFacts {
  const fact = { source: "pasted", at: printedAt(hour) } as const
  return { providerName: "AWS", region: { ...fact, value: `region at ${hour}` }, ...more }
}

describe.each(dialects)("facts of a network over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  const keep = (more: Partial<NewFacts> & { facts: NetworkFacts }) =>
    step(store, ({ transaction }) =>
      keepFacts(transaction, { ...of, source: "pasted", by: "Olivia Marsh", now: noon, ...more }),
    )

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
  })

  test("are kept once for each source, seen by another process, and by no other network or project", async () => {
    await keep({ facts: toFacts("09") })
    await keep({ facts: toFacts("10"), source: "link", by: "Ana, network team", now: noon + 1 })
    const beside = await database.open()
    const kept = await readKeptFacts(beside.db, of)
    expect(kept.map(({ source, by, pastedAt }) => [source, by, pastedAt])).toEqual([
      ["link", "Ana, network team", noon + 1],
      ["pasted", "Olivia Marsh", noon],
    ])
    expect(kept[1]?.facts.region).toMatchObject({ source: "pasted", by: "Olivia Marsh" })
    expect(kept[0]?.facts.region).toMatchObject({ source: "link", by: "Ana, network team" })
    expect(await readKeptFacts(beside.db, { ...of, network: `${network}9` })).toEqual([])
    expect(await readKeptFacts(beside.db, { ...of, projectId: "another" })).toEqual([])
  })

  test("keep aspects that a later paste lacks, and are replaced unless it is older", async () => {
    const addresses = { value: ["10.20.0.0/16"], source: "pasted" as const, at: printedAt("09") }
    await keep({ facts: toFacts("10", { addresses }) })
    await keep({ facts: toFacts("11"), by: "Nadia Petrova", now: noon + 1 })
    await keep({ facts: toFacts("08"), by: "Somebody else", now: noon + 2 })
    const [kept] = await readKeptFacts(store.db, of)
    expect(kept?.facts.region).toMatchObject({ value: "region at 11", by: "Nadia Petrova" })
    expect(kept?.facts.addresses).toMatchObject({ value: ["10.20.0.0/16"], by: "Olivia Marsh" })
    expect(kept).toMatchObject({ by: "Somebody else", pastedAt: noon + 2 })
  })

  test("have the time of the paste where the printed time is in the future", async () => {
    const now = Date.parse(printedAt("09"))
    await keep({ facts: toFacts("23"), now })
    expect((await readKeptFacts(store.db, of))[0]?.facts.region?.at).toBe(printedAt("09"))
  })

  test("go 30 days after the last paste", async () => {
    await keep({ facts: toFacts("09"), now: 0 })
    await keep({ facts: toFacts("10"), now: dayMs })
    await sweepStore(store, 31 * dayMs - 1)
    expect(await readKeptFacts(store.db, of)).toHaveLength(1)
    await sweepStore(store, 31 * dayMs)
    expect(await readKeptFacts(store.db, of)).toEqual([])
  })
})
