import type { CidrRange } from "./cidr-range.ts"

interface Kinded extends CidrRange {
  kind: string
}

/** A block in a sorted list. Of two overlapping blocks one contains the other, so overlaps form a tree. */
export type NestedBlock<Block extends Kinded> = Block & {
  /** Its position in the list. */
  at: number
  /** Position of the smallest block that holds it; -1 when none does. Of equal blocks the earlier one holds the later. */
  holder: number
  /** One past the position of the last block that it holds; those in between are all within it. */
  end: number
  /** The number of blocks of the same kind that contain it. */
  depth: number
  /** The number of others that share an address with it, without well-known blocks. */
  overlapCount: number
}

/** Sorts blocks and finds overlaps with one sort and one sweep. */
export function toNested<Block extends Kinded>(blocks: readonly Block[]): NestedBlock<Block>[] {
  const sorted = blocks.toSorted((one, other) => one.first - other.first || other.last - one.last)
  const nested: NestedBlock<Block>[] = []
  const open: NestedBlock<Block>[] = []
  const openOfKind = new Map<string, number>()
  const isSomebodys = (block: Kinded) => block.kind !== "well-known"
  const countOf = (kind: string) => openOfKind.get(kind) ?? 0
  let somebodysOpen = 0
  let somebodysSoFar = 0

  function closeBefore(address: number) {
    for (let block = open.at(-1); block !== undefined && block.last < address; block = open.at(-1)) {
      open.pop()
      openOfKind.set(block.kind, countOf(block.kind) - 1)
      if (isSomebodys(block)) somebodysOpen -= 1
      block.end = nested.length
      // Until now it holds how many had come when it opened.
      block.overlapCount += somebodysSoFar
    }
  }

  for (const block of sorted) {
    closeBefore(block.first)
    const mine = isSomebodys(block) ? 1 : 0
    const entry = {
      ...block,
      at: nested.length,
      holder: open.at(-1)?.at ?? -1,
      end: 0,
      depth: countOf(block.kind),
      overlapCount: somebodysOpen - somebodysSoFar - mine,
    }
    nested.push(entry)
    open.push(entry)
    openOfKind.set(block.kind, entry.depth + 1)
    somebodysOpen += mine
    somebodysSoFar += mine
  }
  closeBefore(Number.POSITIVE_INFINITY)
  return nested
}

/** Lists the blocks that overlap one, well-known ones too: those around it, smallest first, then those within it. */
export function listOverlaps<Block extends Kinded>(
  blocks: readonly NestedBlock<Block>[],
  block: NestedBlock<Block>,
  limit: number,
): NestedBlock<Block>[] {
  const found: NestedBlock<Block>[] = []
  for (let holder = blocks[block.holder]; holder !== undefined && found.length < limit;) {
    found.push(holder)
    holder = blocks[holder.holder]
  }
  const room = limit - found.length
  return [...found, ...blocks.slice(block.at + 1, Math.min(block.end, block.at + 1 + room))]
}
