import {
  countFreeBlocks,
  listFreeRanges,
  readCidrRange,
  wellKnownBlocks,
  type AddressBlock,
  type CidrRange,
} from "@peering-desk/peering-rules"
import { privateRanges } from "@peering-desk/shared-schemas"

/** The size in which free addresses are counted: the usual one of a container. */
export const countedPrefix = 21

/** One piece of the strip, in the order of addresses. */
export type StripPiece =
  | { kind: "container"; block: AddressBlock }
  /** What lies between two containers of one private range. */
  | { kind: "between"; freeCount: number; otherCount: number; first: number }
  /** The next container is in another private range. */
  | { kind: "break"; first: number }

const wholeRanges = privateRanges.flatMap((cidr) => readCidrRange(cidr) ?? [])
const reserved = wellKnownBlocks.flatMap(({ cidr }) => readCidrRange(cidr) ?? [])

/** Lists a project's containers in the order of their addresses, and what lies between them; nothing for a single one. */
export function listStripPieces(blocks: readonly AddressBlock[], projectId: string): StripPiece[] {
  const used = blocks.filter(({ kind }) => kind === "container" || kind === "peer")
  const own = used.filter(({ kind, projects }) => kind === "container" && projects[0]?.id === projectId)
  if (own.length < 2) return []
  return own.flatMap((block, index): StripPiece[] => {
    const before = own[index - 1]
    const piece = { kind: "container", block } as const
    if (before === undefined) return [piece]
    if (findRange(before) !== findRange(block)) return [{ kind: "break", first: block.first }, piece]
    const gap = { first: before.last + 1, last: block.first - 1 }
    if (gap.first > gap.last) return [piece]
    const others = used.filter(({ first, last }) => first <= gap.last && last >= gap.first)
    const free = listFreeRanges(gap, [...others, ...reserved])
    const freeCount = free.reduce((sum, range) => sum + countFreeBlocks(range, countedPrefix), 0)
    return [{ kind: "between", freeCount, otherCount: others.length, first: gap.first }, piece]
  })
}

function findRange({ first }: CidrRange): CidrRange | undefined {
  return wholeRanges.find((range) => range.first <= first && first <= range.last)
}
