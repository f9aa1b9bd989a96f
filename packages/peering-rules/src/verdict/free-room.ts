import { privateRanges } from "@peering-desk/shared-schemas"
import { readCidrRange, toJoined, type CidrRange } from "#addresses/cidr-range.ts"
import type { SnapshotFacts } from "#draft/parse-draft.ts"
import { findFreeBlockBeside } from "#addresses/free-block.ts"
import { wellKnownBlocks } from "#addresses/well-known-blocks.ts"

/**
 * Finds a private block of some size that overlaps nothing known here and no block that many networks have by default;
 * otherwise one that overlaps nothing of the project, or null.
 * @param beside blocks of the draft itself
 * @param within blocks to look in, the private ranges unless told
 */
export type FindRoom = (
  prefix: number,
  beside: readonly (string | null)[],
  within?: readonly string[],
) => string | null

/** Creates a finder that collects the taken blocks once, at the first search. */
export function createRoomFinder({ blocksHere, blocksOfOthers }: SnapshotFacts): FindRoom {
  let everything: CidrRange[] | null = null
  const gather = () => {
    const wellKnown = wellKnownBlocks.flatMap(({ cidr }) => readCidrRange(cidr) ?? [])
    return toJoined([...[blocksHere, ...blocksOfOthers].flatMap(({ ranges }) => ranges), ...wellKnown])
  }
  return (prefix, beside, within = privateRanges) => {
    const own = beside.flatMap((text) => readCidrRange(text ?? "") ?? [])
    const find = (taken: readonly CidrRange[]) =>
      findFreeBlockBeside({ prefix, within, taken: [...taken, ...own] })
    everything ??= gather()
    return find(everything) ?? find(blocksHere.ranges)
  }
}
