import { readCidrRange, type AddressBlock } from "@peering-desk/peering-rules"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"
import { providerLabels } from "@peering-desk/shared-schemas"

export const blockGroups = ["all", "container", "peer", "overlapping"] as const
export type BlockGroup = (typeof blockGroups)[number]

export interface BlockFilter {
  /** Part of any word, or an address or block that those shown share an address with. */
  text: string
  group: BlockGroup
}

/** Whether a block overlaps with another one that somebody has or wants. */
export function isOverlapped({ kind, overlapCount }: AddressBlock): boolean {
  return kind !== "well-known" && overlapCount > 0
}

export function isInGroup(block: AddressBlock, group: BlockGroup): boolean {
  if (group === "all") return true
  return group === "overlapping" ? isOverlapped(block) : block.kind === group
}

/** The blocks that a filter leaves, in their order. */
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
