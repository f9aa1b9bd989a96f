import {
  formatCidr,
  isPrivateCidr,
  parseCidr,
  privateRanges,
  toCanonicalCidr,
} from "@peering-desk/shared-schemas"
import { AwsPeeringRequest } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import ipaddr from "ipaddr.js"
import { expect, test } from "vitest"
import { isOverlapping } from "./cidr-overlap.ts"
import { readCidrRange, toJoined } from "./cidr-range.ts"

const address = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 })))
  .map((o) => o.join("."))
const block = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([a, prefix]) => `${a}/${prefix}`)

function oracleNetwork(text: string): string {
  return ipaddr.IPv4.networkAddressFromCIDR(text).toString()
}

test("parseCidr reads every well-formed block as ipaddr.js does", () => {
  fc.assert(
    fc.property(block, (text) => {
      const [oracle, prefix] = ipaddr.IPv4.parseCIDR(text)
      const cidr = parseCidr(text)
      expect(cidr).not.toBeNull()
      if (cidr === null) return
      expect(cidr.prefix).toBe(prefix)
      expect(formatCidr(cidr)).toBe(`${oracle.toString()}/${prefix}`)
      expect(formatCidr(toCanonicalCidr(cidr))).toBe(`${oracleNetwork(text)}/${prefix}`)
    }),
  )
})

test("isPrivateCidr agrees with ipaddr.js on blocks within the private ranges", () => {
  const nearPrivate = fc
    .tuple(
      fc.constantFrom("10.0", "9.255", "11.0", "172.15", "172.16", "172.31", "172.32", "192.168", "192.167"),
      address,
    )
    .map(([beginning, rest]) => `${beginning}.${rest.split(".").slice(2).join(".")}`)
  fc.assert(
    fc.property(fc.oneof(address, nearPrivate), fc.integer({ min: 0, max: 32 }), (of, prefix) => {
      const text = `${of}/${prefix}`
      const ends = [ipaddr.IPv4.networkAddressFromCIDR(text), ipaddr.IPv4.broadcastAddressFromCIDR(text)]
      const inOneRange = privateRanges.some((range) =>
        ends.every((end) => end.match(ipaddr.IPv4.parseCIDR(range))),
      )
      const cidr = parseCidr(text)
      expect(cidr && isPrivateCidr(cidr)).toBe(inOneRange)
    }),
  )
})

test("a form field takes exactly the private blocks without host bits", () => {
  const field = AwsPeeringRequest.shape.routeTableCidrBlock
  fc.assert(
    fc.property(block, (text) => {
      const cidr = parseCidr(text)
      if (cidr === null) throw new Error(`${text} is a block`)
      const canonical = `${oracleNetwork(text)}/${cidr.prefix}`
      expect(field.safeParse(text).success).toBe(isPrivateCidr(cidr) && canonical === text)
    }),
  )
})

test("formatCidr writes back unchanged what parseCidr reads", () => {
  const digitsAndMarks = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789./ xX-+e")),
    maxLength: 20,
  })
  fc.assert(
    fc.property(fc.oneof(digitsAndMarks, fc.string(), block), (text) => {
      const cidr = parseCidr(text)
      expect(cidr === null ? text : formatCidr(cidr)).toBe(text)
    }),
  )
})

test.each([
  "010.0.0.0/8",
  "10.0.0/24",
  "10.0.0.0/024",
  "10.0.0.0",
  "10.0.0.0/",
  "10.0.0.0/33",
  "10.0.0.256/32",
  "10.0.0.0/8/8",
  "0x0a.0.0.0/8",
  "1e1.0.0.0/8",
  "+10.0.0.0/8",
  " 10.0.0.0/8",
  "10.0.0.0/8\n",
  "١٠.0.0.0/8",
  "167772160/8",
  "",
])("parseCidr refuses %j, which looser readers accept", (text) => {
  expect(parseCidr(text)).toBeNull()
})

test("isOverlapping agrees with ipaddr.js, in both directions", () => {
  const nearby = fc
    .tuple(
      fc.constantFrom("10.0.0.0", "10.0.1.0", "10.0.128.0", "10.1.0.0", "192.168.248.0"),
      fc.integer({ min: 8, max: 32 }),
    )
    .map(([a, prefix]) => `${a}/${prefix}`)
  fc.assert(
    fc.property(fc.oneof(nearby, block), fc.oneof(nearby, block), (one, other) => {
      const [a, b] = [ipaddr.IPv4.parseCIDR(one), ipaddr.IPv4.parseCIDR(other)]
      const oracle = a[1] < b[1] ? b[0].match(a) : a[0].match(b)
      expect(isOverlapping(one, other)).toBe(oracle)
      expect(isOverlapping(other, one)).toBe(oracle)
    }),
  )
})

test("a text that is not a block overlaps nothing", () => {
  expect(isOverlapping("10.0.0.0", "10.0.0.0/8")).toBe(false)
  expect(isOverlapping("10.0.0.0/8", "")).toBe(false)
})

/** Blocks of few addresses, close together, so that all of them can be counted. */
const small = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([last, prefix]) => `10.0.0.${last}/${prefix}`)

function countOut(text: string): number[] {
  const [network, broadcast] = [
    ipaddr.IPv4.networkAddressFromCIDR(text),
    ipaddr.IPv4.broadcastAddressFromCIDR(text),
  ].map((address) => address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0))
  if (network === undefined || broadcast === undefined) throw new Error(`${text} is a block`)
  return Array.from({ length: broadcast - network + 1 }, (_, index) => network + index)
}

test("blocks overlap exactly when an address is in both, by enumeration", () => {
  fc.assert(
    fc.property(small, small, (one, other) => {
      const addresses = new Set(countOut(one))
      expect(isOverlapping(one, other)).toBe(countOut(other).some((address) => addresses.has(address)))
    }),
  )
})

test("a canonical block stays equal and has the same addresses", () => {
  fc.assert(
    fc.property(block, (text) => {
      const cidr = parseCidr(text)
      if (cidr === null) throw new Error(`${text} is a block`)
      const canonical = toCanonicalCidr(cidr)
      expect(toCanonicalCidr(canonical)).toEqual(canonical)
      expect(readCidrRange(formatCidr(canonical))).toEqual(readCidrRange(text))
    }),
  )
})

test("joined ranges hold the same addresses, apart and in order", () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 8 }), (texts) => {
      const joined = toJoined(texts.flatMap((text) => readCidrRange(text) ?? []))
      const addresses = joined.flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      )
      expect(addresses).toEqual([...new Set(texts.flatMap(countOut))].toSorted((a, b) => a - b))
      expect(joined.slice(1).every(({ first }, at) => first > (joined[at]?.last ?? first) + 1)).toBe(true)
    }),
  )
})
