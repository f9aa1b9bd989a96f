import { formatCidr, parseCidr, privateRanges, toCanonicalCidr } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { isOverlapping } from "./cidr-overlap.ts"
import { findFreeBlock } from "./free-block.ts"
import { wellKnownBlocks } from "./well-known-blocks.ts"

const anywhere = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([network, prefix]) => formatCidr({ network, prefix }))

/** Blocks in and around 10.0.0.0/24, which is small enough to try every block of it. */
const nearby = fc
  .tuple(fc.integer({ min: -64, max: 319 }), fc.integer({ min: 24, max: 32 }))
  .map(([address, prefix]) => formatCidr({ network: 10 * 2 ** 24 + address, prefix }))

const noBlock = fc.constantFrom("", "10.0.0.0", "10.0.0.0/33", "10.0.0/24", "null", "everything")

const smallWish = fc.record({
  prefix: fc.integer({ min: 22, max: 32 }),
  within: fc.array(fc.oneof({ weight: 9, arbitrary: nearby }, noBlock), { minLength: 1, maxLength: 3 }),
  avoid: fc.array(fc.oneof({ weight: 5, arbitrary: nearby }, noBlock), { maxLength: 40 }),
})

const wish = fc.record({
  prefix: fc.integer({ min: 8, max: 32 }),
  within: fc.shuffledSubarray([...privateRanges, "0.0.0.0/0", "255.255.0.0/16"], { minLength: 1 }),
  avoid: fc.array(fc.oneof(anywhere, noBlock), { maxLength: 60 }),
})

/** Tries every block of that size in a range, lowest first. */
function findByTrying(prefix: number, range: string, avoid: readonly string[]): string | null {
  const cidr = parseCidr(range)
  if (cidr === null || cidr.prefix > prefix) return null
  const { network } = toCanonicalCidr(cidr)
  const candidates = Array.from({ length: 2 ** (prefix - cidr.prefix) }, (_, index) =>
    formatCidr({ network: network + index * 2 ** (32 - prefix), prefix }),
  )
  return candidates.find((one) => !avoid.some((other) => isOverlapping(one, other))) ?? null
}

test("findFreeBlock agrees with trying every block in turn", () => {
  fc.assert(
    fc.property(smallWish, ({ prefix, within, avoid }) => {
      const found = within.map((range) => findByTrying(prefix, range, avoid)).find((one) => one !== null)
      expect(findFreeBlock({ prefix, within, avoid })).toBe(found ?? null)
    }),
    { numRuns: 2000 },
  )
})

test("findFreeBlock returns a block of that size inside one range that avoids every taken block", () => {
  fc.assert(
    fc.property(wish, ({ prefix, within, avoid }) => {
      const found = findFreeBlock({ prefix, within, avoid })
      if (found === null) return
      const cidr = parseCidr(found)
      if (cidr === null) throw new Error(`${found} is no block`)
      expect(cidr.prefix).toBe(prefix)
      expect(toCanonicalCidr(cidr)).toEqual(cidr)
      expect(
        within.some((range) => isOverlapping(found, range) && (parseCidr(range)?.prefix ?? 33) <= prefix),
      ).toBe(true)
      expect(avoid.filter((other) => isOverlapping(found, other))).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test("findFreeBlock returns the beginning of a range without taken blocks", () => {
  expect(findFreeBlock({ prefix: 21, within: ["172.16.0.0/12"], avoid: [] })).toBe("172.16.0.0/21")
})

test("a range of the same size is itself the free block; a smaller one has no room", () => {
  expect(findFreeBlock({ prefix: 21, within: ["192.168.8.0/21"], avoid: [] })).toBe("192.168.8.0/21")
  expect(findFreeBlock({ prefix: 20, within: ["192.168.8.0/21"], avoid: [] })).toBeNull()
})

test("the last addresses of IPv4 can be free or taken", () => {
  const within = ["255.255.255.0/24"]
  expect(findFreeBlock({ prefix: 25, within, avoid: ["255.255.255.0/25"] })).toBe("255.255.255.128/25")
  expect(findFreeBlock({ prefix: 25, within, avoid: ["255.255.255.255/32", "255.255.255.3/32"] })).toBeNull()
})

test.each([-1, 33, 21.5, Number.NaN])("findFreeBlock returns null for a prefix of %d", (prefix) => {
  expect(findFreeBlock({ prefix, within: ["10.0.0.0/8"], avoid: [] })).toBeNull()
})

test("the well-known blocks are private blocks in canonical spelling", () => {
  for (const { cidr } of wellKnownBlocks) {
    const parsed = parseCidr(cidr)
    expect(parsed && formatCidr(toCanonicalCidr(parsed))).toBe(cidr)
    expect(privateRanges.some((range) => isOverlapping(range, cidr))).toBe(true)
  }
})
