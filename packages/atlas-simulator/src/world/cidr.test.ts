import fc from "fast-check"
import { describe, expect, it } from "vitest"

import { isPrivate, overlaps, parseCidr } from "./cidr.ts"

const block = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(32))
  .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`)

describe("parseCidr", () => {
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
  ])("returns null for %j", (text) => {
    expect(parseCidr(text)).toBeNull()
  })

  it("returns a canonical form that parses to itself and has no host bits", () => {
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
})

describe("overlaps", () => {
  it("returns true exactly when one block contains the other's first address", () => {
    fc.assert(
      fc.property(block, block, (left, right) => {
        const [a, b] = [parseCidr(left), parseCidr(right)]
        if (a === null || b === null) throw new Error("both are blocks")
        const contains = (x: typeof a, y: typeof a) => x.first <= y.first && y.first <= x.last
        expect(overlaps(left, right)).toBe(contains(a, b) || contains(b, a))
      }),
    )
  })

  it("returns false when a text is no block", () => {
    expect(overlaps("10.0.0.0/8", "10.0.0.1")).toBe(false)
  })
})

describe("isPrivate", () => {
  it.each([
    ["10.255.255.0/24", true],
    ["172.31.0.0/16", true],
    ["192.168.0.0/16", true],
    ["172.32.0.0/16", false],
    ["192.168.0.0/15", false],
    ["0.0.0.0/0", false],
    ["9.255.255.255/32", false],
  ])("classifies %s as private: %s", (text, expected) => {
    const read = parseCidr(text)
    expect(read !== null && isPrivate(read)).toBe(expected)
  })
})
