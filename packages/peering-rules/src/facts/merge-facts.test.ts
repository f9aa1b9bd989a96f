import type { FactSource, NetworkFacts } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { isFresh } from "./fresh-facts.ts"
import { mergeFacts } from "./merge-facts.ts"

const now = Date.parse("2026-11-29T12:00:00Z")
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString()

/** Makes facts that differ by what they say of the region. */
function say(region: string, source: FactSource, hours: number): NetworkFacts {
  return { providerName: "AWS", region: { value: region, source, at: hoursAgo(hours) } }
}

describe("Freshness of a fact", () => {
  test.each<[FactSource, number, boolean]>([
    ["pasted", 23.9, true],
    ["pasted", 24, false],
    ["link", 25, false],
    ["read", 0.08, true],
    ["read", 0.09, false],
    ["pasted", -23, true],
    ["pasted", -25, false],
    ["atlas", 1000, true],
    ["typed", 1000, true],
  ])("%s, %d hours old: %s", (source, hours, isSo) => {
    expect(isFresh({ source, at: hoursAgo(hours) }, now)).toBe(isSo)
  })

  test.each([
    [0.2, true],
    [0.3, false],
  ])(
    "A reading that is %d hours old, with the next one due after a quarter of an hour: %s",
    (hours, isSo) => {
      const until = hoursAgo(hours - 0.25)
      expect(isFresh({ source: "read", at: hoursAgo(hours), until }, now)).toBe(isSo)
    },
  )
})

describe("Merging facts of several sources", () => {
  test("Nothing known is null", () => {
    expect(mergeFacts([], now)).toEqual({ facts: null, contradictions: [] })
    expect(mergeFacts([{ providerName: "AWS" }], now).facts).toBeNull()
  })

  test.each<[string, NetworkFacts, NetworkFacts]>([
    ["the fresh before the stale", say("right", "pasted", 1), say("wrong", "read", 30)],
    ["the better source", say("right", "read", 0.05), say("wrong", "pasted", 0.01)],
    ["a reading that has run out before an older paste", say("right", "read", 1), say("wrong", "pasted", 5)],
    ["a paste before an older reading that has run out", say("right", "pasted", 1), say("wrong", "read", 5)],
    ["Atlas before a paste", say("right", "atlas", 5), say("wrong", "pasted", 1)],
    ["a paste before a link", say("right", "pasted", 5), say("wrong", "link", 1)],
    ["a link before what is typed", say("right", "link", 5), say("wrong", "typed", 0)],
    ["the newer of one source", say("right", "pasted", 1), say("wrong", "pasted", 2)],
    ["a stale paste before a fresh link", say("right", "pasted", 30), say("wrong", "link", 1)],
    ["a stale reading before a fresh link", say("right", "read", 30), say("wrong", "link", 1)],
  ])("%s counts", (_title, right, wrong) => {
    for (const order of [
      [right, wrong],
      [wrong, right],
    ])
      expect(mergeFacts(order, now).facts?.region?.value).toBe("right")
  })

  test("Each aspect has its own source", () => {
    const dns: NetworkFacts = {
      providerName: "AWS",
      dns: { value: { support: true, hostnames: false }, source: "link", at: hoursAgo(1) },
    }
    expect(mergeFacts([say("eu-west-1", "typed", 0), dns], now).facts).toMatchObject({
      region: { source: "typed" },
      dns: { source: "link" },
    })
  })

  test("Two sources that differ are a contradiction, with both values", () => {
    expect(
      mergeFacts([say("eu-west-1", "typed", 0), say("us-east-1", "atlas", 1)], now).contradictions,
    ).toEqual([
      {
        fact: "region",
        counts: { says: "us-east-1", source: "atlas", at: hoursAgo(1) },
        other: { says: "eu-west-1", source: "typed", at: hoursAgo(0) },
      },
    ])
  })

  test("A newer answer of one source, a stale one and the same list in another order contradict nothing", () => {
    const list = (value: string[], source: FactSource): NetworkFacts => ({
      providerName: "AWS",
      addresses: { value, source, at: hoursAgo(1) },
    })
    for (const pair of [
      [say("a", "pasted", 1), say("b", "pasted", 2)],
      [say("a", "pasted", 1), say("b", "read", 48)],
      [list(["10.0.0.0/16", "10.1.0.0/16"], "pasted"), list(["10.1.0.0/16", "10.0.0.0/16"], "typed")],
    ])
      expect(mergeFacts(pair, now).contradictions).toEqual([])
  })

  test("Long lists are named in a few words", () => {
    const tables = (count: number, source: FactSource): NetworkFacts => ({
      providerName: "AWS",
      routeTables: {
        value: Array.from({ length: count }, (_, at) => ({
          id: `rtb-${at}`,
          isMain: false,
          subnets: [],
          routes: [],
        })),
        source,
        at: hoursAgo(1),
      },
    })
    const [found] = mergeFacts([tables(5, "atlas"), tables(1, "pasted")], now).contradictions
    expect(found?.counts.says).toBe(
      "5 route tables: rtb-0 (0 routes), rtb-1 (0 routes), rtb-2 (0 routes) and 2 more",
    )
    expect(found?.other.says).toBe("1 route table: rtb-0 (0 routes)")
  })
})
