import fc from "fast-check"
import { describe, expect, it } from "vitest"

import { isPrivate, overlaps, parseCidr } from "./cidr.ts"

const block = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(32))
  .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`)

describe("a CIDR block", () => {
  it.each([
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/8",
    "10.0.0.256/8",
    "010.0.0.0/8",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "",
    "::/0",
  ])("is not %j", (text) => {
    expect(parseCidr(text)).toBeNull()
  })

  it("has a canonical form that is its own and has no host bits", () => {
    fc.assert(
      fc.property(block, (text) => {
        const read = parseCidr(text)
        const again = parseCidr(read?.canonical ?? "")
        expect(again?.hasHostBits).toBe(false)
        expect(again?.canonical).toBe(read?.canonical)
        expect(read?.hasHostBits).toBe(read?.canonical !== text)
      }),
    )
  })

  it("overlaps another exactly when one holds the other's first address", () => {
    fc.assert(
      fc.property(block, block, (left, right) => {
        const [a, b] = [parseCidr(left), parseCidr(right)]
        if (a === null || b === null) throw new Error("both are blocks")
        const holds = (x: typeof a, y: typeof a) => x.first <= y.first && y.first <= x.last
        expect(overlaps(a, b)).toBe(holds(a, b) || holds(b, a))
      }),
    )
  })

  it.each([
    ["10.255.255.0/24", true],
    ["172.31.0.0/16", true],
    ["192.168.0.0/16", true],
    ["172.32.0.0/16", false],
    ["192.168.0.0/15", false],
    ["0.0.0.0/0", false],
    ["9.255.255.255/32", false],
  ])("%s is private: %s", (text, expected) => {
    const read = parseCidr(text)
    expect(read !== null && isPrivate(read)).toBe(expected)
  })
})
