import {
  countFreeBlocks,
  findAddressConflicts,
  listFreeRanges,
  listOverlaps,
  readCidrRange,
  toAddressPicture,
  toOneSpelling,
  wellKnownBlocks,
  type AddressBlock,
  type AddressConflict,
  type AddressPicture,
  type CidrRange,
} from "@peering-desk/peering-rules"
import { privateRanges, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { useMemo } from "react"
import { useSearchParams } from "wouter"

/** Everything that the map and the table show. */
export interface AddressPlan {
  picture: AddressPicture
  /** By address; with the proposed block of the page's address. */
  blocks: readonly AddressBlock[]
  conflicts: readonly AddressConflict[]
  /** Used and reserved ranges, without the proposed block. */
  avoid: readonly CidrRange[]
  /** Free parts of the private ranges. */
  free: readonly CidrRange[]
  /** The block in the page's address, as written. */
  asked: string | null
  /** The block in the page's address, canonical; null for none or an unreadable one. */
  chosenCidr: string | null
}

export const reservedRanges: readonly CidrRange[] = wellKnownBlocks.flatMap(
  ({ cidr }) => readCidrRange(cidr) ?? [],
)

const wholeRanges = privateRanges.flatMap((cidr) => readCidrRange(cidr) ?? [])

const nothing: readonly never[] = []

/** Reads the allocation of some projects, and the block in the page's address. @param spaces undefined while loading */
export function useAddressPlan(spaces: readonly ProjectAddresses[] = nothing): AddressPlan {
  const [search] = useSearchParams()
  const asked = search.get("block")
  const chosenCidr = asked === null ? null : toOneSpelling(asked)
  const picture = useMemo(() => toAddressPicture(spaces, null), [spaces])
  const isNew = chosenCidr !== null && !picture.blocks.some(({ cidr }) => cidr === chosenCidr)
  const { blocks } = useMemo(
    () => (isNew ? toAddressPicture(spaces, { cidr: chosenCidr, label: "" }) : picture),
    [spaces, picture, isNew, chosenCidr],
  )
  const conflicts = useMemo(() => findAddressConflicts(picture.blocks), [picture])
  const avoid = useMemo(() => [...picture.blocks.filter(isUsed), ...reservedRanges], [picture])
  const free = useMemo(() => wholeRanges.flatMap((range) => listFreeRanges(range, avoid)), [avoid])
  return { picture, blocks, conflicts, avoid, free, asked, chosenCidr }
}

/** Lists what a block overlaps, at most so much, with the number of more, and whether there is a conflict. */
export function describeOverlaps(
  { blocks, conflicts }: Pick<AddressPlan, "blocks" | "conflicts">,
  block: AddressBlock,
  most: number,
) {
  const listed = listOverlaps(blocks, block, most)
  const reserved = listed.filter(({ kind }) => kind === "well-known").length
  return {
    listed,
    more: block.overlapCount - (listed.length - reserved),
    isConflict: conflicts.some(({ outer, inner }) => outer.id === block.id || inner.id === block.id),
  }
}

export function isUsed({ kind }: AddressBlock): boolean {
  return kind === "container" || kind === "peer"
}

export function countFree(ranges: readonly CidrRange[], prefix: number): number {
  return ranges.reduce((sum, range) => sum + countFreeBlocks(range, prefix), 0)
}
