import { formatCidr } from "@peering-desk/shared-schemas"
import { readCidrRange, type CidrRange } from "./cidr-range.ts"

/** The requirements of a free block. Texts that are not blocks (see `parseCidr`) are ignored. */
export interface FreeBlockWish {
  /** The length of the prefix: 21 for a /21. */
  prefix: number
  /** Blocks to look in; the first one that has room wins. */
  within: readonly string[]
  /** Blocks it must not overlap. */
  avoid: readonly string[]
}

/**
 * Finds the lowest free block in the first range with room, `10.8.0.0/21`; null without room. Takes one sort and one
 * walk over the avoided blocks, for ranges of any size.
 */
export function findFreeBlock({ prefix, within, avoid }: FreeBlockWish): string | null {
  return findFreeBlockBeside({ prefix, within, taken: avoid.flatMap((text) => readCidrRange(text) ?? []) })
}

/** Finds a free block like `findFreeBlock`, beside ranges in any order. */
export function findFreeBlockBeside(wish: {
  prefix: number
  within: readonly string[]
  taken: readonly CidrRange[]
}): string | null {
  const { prefix, within } = wish
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) return null
  const size = 2 ** (32 - prefix)
  const taken = [...wish.taken].sort((one, other) => one.first - other.first)
  for (const text of within) {
    const range = readCidrRange(text)
    const network = range === null ? null : findGap(range, taken, size)
    if (network !== null) return formatCidr({ network, prefix })
  }
  return null
}

/** @param taken by first address; they may overlap */
function findGap(range: CidrRange, taken: readonly CidrRange[], size: number): number | null {
  const toAligned = (address: number) => Math.ceil(address / size) * size
  let network = toAligned(range.first)
  for (const { first, last } of taken) {
    // All later ones begin beyond the gap.
    if (first > network + size - 1) break
    if (last >= network) network = toAligned(last + 1)
  }
  return network + size - 1 <= range.last ? network : null
}
