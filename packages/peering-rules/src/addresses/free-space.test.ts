import { expect, test } from "vitest"
import { readCidrRange, type CidrRange } from "./cidr-range.ts"
import { countFreeBlocks, listFreeRanges } from "./free-space.ts"

const toRange = (cidr: string): CidrRange => readCidrRange(cidr)!

test("free ranges are what taken blocks leave, whether nested, adjacent or outside", () => {
  const taken = ["10.0.0.0/16", "10.0.8.0/21", "10.1.0.0/16", "10.128.0.0/9", "172.16.0.0/12"].map(toRange)
  expect(listFreeRanges(toRange("10.0.0.0/8"), taken)).toEqual([
    { first: toRange("10.2.0.0/16").first, last: toRange("10.127.0.0/16").last },
  ])
  expect(listFreeRanges(toRange("10.0.0.0/16"), taken)).toEqual([])
  expect(listFreeRanges(toRange("192.168.0.0/16"), taken)).toEqual([toRange("192.168.0.0/16")])
})

test("only aligned blocks count as free", () => {
  expect(countFreeBlocks(toRange("10.8.0.0/21"), 24)).toBe(8)
  const { first, last } = toRange("10.8.0.0/16")
  expect(countFreeBlocks({ first: first + 1, last }, 21)).toBe(31)
  expect(countFreeBlocks(toRange("10.8.0.0/24"), 21)).toBe(0)
})
