import { readCidrRange, type AddressBlock } from "@peering-desk/peering-rules"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"
import { providerLabels } from "@peering-desk/shared-schemas"

export const blockGroups = ["all", "container", "peer", "overlapping"] as const
export type BlockGroup = (typeof blockGroups)[number]

export interface BlockFilter {
  /** Part of a word, or an address or CIDR that the shown blocks overlap. */
  text: string
  group: BlockGroup
}

/** Tells if a block overlaps a container, a network or a proposed block. */
export function isOverlapped({ kind, overlapCount }: AddressBlock): boolean {
  return kind !== "well-known" && overlapCount > 0
}

export function isInGroup(block: AddressBlock, group: BlockGroup): boolean {
  if (group === "all") return true
  return group === "overlapping" ? isOverlapped(block) : block.kind === group
}

/** Filters blocks and keeps their order. */
export function filterBlocks(
  blocks: readonly AddressBlock[],
  { text, group }: BlockFilter,
): readonly AddressBlock[] {
  const wanted = text.trim().toLowerCase()
  const range = readCidrRange(wanted.includes("/") ? wanted : `${wanted}/32`)
  return blocks.filter((block) => {
    if (!isInGroup(block, group)) return false
    if (range !== null) return block.first <= range.last && block.last >= range.first
    return wanted === "" || toSearched(block).includes(wanted)
  })
}

function toSearched(block: AddressBlock): string {
  const { cidr, label, region, kind, providerName } = block
  const cloud = providerName === null ? "" : `${providerName} ${providerLabels[providerName]}`
  return `${cidr} ${label} ${toProjectWords(block)} ${region ?? ""} ${kindWords[kind]} ${cloud}`.toLowerCase()
}
