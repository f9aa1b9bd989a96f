import { listFreeRanges, type AddressBlock, type CidrRange } from "@peering-desk/peering-rules"
import { formatCidr } from "@peering-desk/shared-schemas"

/** One column of the map. Its width says nothing about its size: empty ranges are shortened. */
export interface Segment extends CidrRange {
  /** `merged` holds several blocks and opens on its own; `free` and `reserved` hold none. */
  kind: "blocks" | "merged" | "free" | "reserved"
}

/** Splits a range at the ends of its blocks, and merges neighbours until at most `most` columns hold blocks. */
export function toSegments(
  range: CidrRange,
  blocks: readonly AddressBlock[],
  reserved: readonly CidrRange[],
  most: number,
): Segment[] {
  const held = mergeHeld(range, listHeldIntervals(range, blocks), most)
  const free = listFreeRanges(range, [...held, ...reserved])
  const kept = reserved.flatMap((one) => {
    const clipped = clip(one, range)
    return clipped === null ? [] : listFreeRanges(clipped, held)
  })
  return [
    ...held,
    ...free.map((one): Segment => ({ kind: "free", ...one })),
    ...kept.map((one): Segment => ({ kind: "reserved", ...one })),
  ].sort((a, b) => a.first - b.first)
}

/** Formats the smallest block that holds a range: the range to open for a merged column. */
export function toHoldingCidr({ first, last }: CidrRange): string {
  let prefix = 32
  while (prefix > 0 && toBucket(first, prefix) !== toBucket(last, prefix)) prefix -= 1
  return formatCidr({ network: toBucket(first, prefix) * 2 ** (32 - prefix), prefix })
}

/** Lists the intervals between block ends that at least one block covers. */
function listHeldIntervals(range: CidrRange, blocks: readonly AddressBlock[]): CidrRange[] {
  const within = blocks.flatMap((block) => clip(block, range) ?? [])
  const ends = [...new Set(within.flatMap(({ first, last }) => [first, last + 1]))].sort((a, b) => a - b)
  const free = new Set(listFreeRanges(range, within).map(({ first }) => first))
  return ends.flatMap((first, index) => {
    const next = ends[index + 1]
    return next === undefined || free.has(first) ? [] : [{ first, last: next - 1 }]
  })
}

/** Merges intervals that start in the same aligned bucket, with the smallest buckets that are few enough. */
function mergeHeld(range: CidrRange, held: readonly CidrRange[], most: number): Segment[] {
  if (held.length <= most) return held.map((one) => ({ kind: "blocks", ...one }))
  const whole = Math.log2(range.last - range.first + 1)
  let prefix = 31
  const count = () => new Set(held.map(({ first }) => toBucket(first, prefix))).size
  while (count() > most && prefix > 33 - whole) prefix -= 1
  const merged: Segment[] = []
  for (const { first, last } of held) {
    const before = merged.at(-1)
    if (before !== undefined && toBucket(before.first, prefix) === toBucket(first, prefix)) {
      before.kind = "merged"
      before.last = last
    } else merged.push({ kind: "blocks", first, last })
  }
  return merged
}

function toBucket(address: number, prefix: number): number {
  return Math.floor(address / 2 ** (32 - prefix))
}

function clip({ first, last }: CidrRange, range: CidrRange): CidrRange | null {
  if (first > range.last || last < range.first) return null
  return { first: Math.max(first, range.first), last: Math.min(last, range.last) }
}
