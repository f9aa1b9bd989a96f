import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { oracleRows, type OracleRow } from "#test/cloud-oracle.ts"
import { buildCase } from "#test/cloud-worlds.ts"
import { toVerdict } from "./verdict.ts"

const draftsPerCloud = 3_000
const firstSeed = 20_261_126

interface Judged {
  seed: number
  status: string
  rows: readonly OracleRow[]
  isCertain: boolean
  isLookedUp: boolean
}

const judged = new Map<ProviderName, readonly Judged[]>()

/** Judges the drafts of a cloud, once for all tests. */
function judge(cloud: ProviderName): readonly Judged[] {
  const before = judged.get(cloud)
  if (before !== undefined) return before
  const ofCloud = oracleRows.filter(({ clouds }) => clouds.includes(cloud))
  const all = Array.from({ length: draftsPerCloud }, (_, at): Judged => {
    const one = buildCase(cloud, firstSeed + at)
    const rows = ofCloud.filter(({ isTrue }) => isTrue(one))
    const { status } = toVerdict(one.draft, one.snapshot)
    const isCertain = rows.some(({ isCertain }) => isCertain?.(one))
    return { seed: one.seed, status, rows, isCertain, isLookedUp: one.looked.length > 3 }
  })
  judged.set(cloud, all)
  return all
}

const toSeeds = (some: readonly Judged[]) =>
  some.map(({ seed, status, rows }) => `seed ${seed}: ${status}, ${rows.map(({ id }) => id).join(" ")}`)

describe.each(providerNames)("3,000 drafts on %s in projects that share CIDRs and networks", (cloud) => {
  test("Green drafts have no row of the documented rules against them, and every input known [B6]", () => {
    const green = judge(cloud).filter(({ status }) => status === "green")
    expect(toSeeds(green.filter(({ rows }) => rows.length > 0))).toEqual([])
    // Row O46: all inputs known and nothing against it.
    expect(green.length).toBeGreaterThan(100)
  })

  test("Drafts with a look-up and nothing against them are green in at least 9 of 10 cases", () => {
    const fine = judge(cloud).filter(({ rows, isLookedUp }) => isLookedUp && rows.length === 0)
    const others = fine.filter(({ status }) => status !== "green")
    expect(fine.length).toBeGreaterThan(100)
    expect(toSeeds(others.slice(Math.floor(fine.length / 10)))).toEqual([])
  })

  test("Drafts that the cloud refuses for certain are red", () => {
    const certain = judge(cloud).filter(({ isCertain }) => isCertain)
    expect(toSeeds(certain.filter(({ status }) => status !== "red"))).toEqual([])
    expect(certain.length).toBeGreaterThan(100)
  })

  test("Drafts with nothing but a deduced row against them are neither green nor red", () => {
    const deduced = judge(cloud).filter(
      ({ rows }) => rows.length > 0 && rows.every(({ isDeduced }) => isDeduced === true),
    )
    expect(toSeeds(deduced.filter(({ status }) => status !== "amber" && status !== "unchecked"))).toEqual([])
    expect(deduced.length).toBeGreaterThan(100)
  })
})

const cases = oracleRows.flatMap((row) => row.clouds.map((cloud) => ({ ...row, cloud })))

test.each(cases)("Row $id on $cloud, $verdict when $when, is never green", ({ id, cloud }) => {
  const fired = judge(cloud).filter(({ rows }) => rows.some((row) => row.id === id))
  expect(toSeeds(fired.filter(({ status }) => status === "green"))).toEqual([])
  expect(fired.length).toBeGreaterThan(20)
})
