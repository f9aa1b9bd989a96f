import type { CidrRange } from "./cidr-range.ts"
import { toJoined } from "./cidr-range.ts"

/** Lists the parts of a range that no taken range covers, lowest first. */
export function listFreeRanges(range: CidrRange, taken: readonly CidrRange[]): CidrRange[] {
  const free: CidrRange[] = []
  let next = range.first
  for (const { first, last } of toJoined(taken)) {
    if (first > range.last) break
    if (first > next) free.push({ first: next, last: first - 1 })
    next = Math.max(next, last + 1)
  }
  if (next <= range.last) free.push({ first: next, last: range.last })
  return free
}

/** Counts the blocks of a prefix length that fit into a range: 8 blocks of /24 in a /21. */
export function countFreeBlocks({ first, last }: CidrRange, prefix: number): number {
  const size = 2 ** (32 - prefix)
  return Math.max(0, Math.floor((last + 1) / size) - Math.ceil(first / size))
}
