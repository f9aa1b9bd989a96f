import type { AddressBlock, BlockKind } from "@peering-desk/peering-rules"
import { formatCidr, providerLabels } from "@peering-desk/shared-schemas"

export const kindWords: Record<BlockKind, string> = {
  container: "Atlas container",
  peer: "Your network",
  draft: "Not there yet",
  "well-known": "Well-known block",
}

/** @param address an unsigned 32-bit number, `10.0.0.0` */
export function formatAddress(address: number): string {
  return formatCidr({ network: Math.floor(address), prefix: 32 }).replace("/32", "")
}

export function toProjectWords({ projects }: AddressBlock): string {
  return projects.map(({ name }) => name).join(", ")
}

/** What a block is, in one line: what it is called, whose and where. */
export function toBlockWords(block: AddressBlock): string {
  const cloud = block.providerName === null ? null : providerLabels[block.providerName]
  return [kindWords[block.kind], block.label, toProjectWords(block), cloud, block.region]
    .filter((words) => words !== null && words !== "")
    .join(" · ")
}

/** "1 block", "2,000 blocks". */
export function countBlocks(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "block" : "blocks"}`
}
