import type { AddressBlock, BlockKind } from "@peering-desk/peering-rules"
import { formatCidr, providerLabels } from "@peering-desk/shared-schemas"

export const kindWords: Record<BlockKind, string> = {
  container: "Atlas container",
  peer: "Your network",
  draft: "Proposed",
  "well-known": "Reserved by default",
}

/** Formats an unsigned 32-bit number as an address: `10.0.0.0`. */
export function formatAddress(address: number): string {
  return formatCidr({ network: Math.floor(address), prefix: 32 }).replace("/32", "")
}

/** Formats an address without its trailing zeros, for an axis: `10.20` for 10.20.0.0. */
export function formatShortAddress(address: number): string {
  return formatAddress(address).replace(/(\.0){1,2}$/, "")
}

export function toProjectWords({ projects }: AddressBlock): string {
  return projects.map(({ name }) => name).join(", ")
}

/** Describes a block in one line: kind, name, projects, cloud and region. */
export function toBlockWords(block: AddressBlock): string {
  const cloud = block.providerName === null ? null : providerLabels[block.providerName]
  return [kindWords[block.kind], block.label, toProjectWords(block), cloud, block.region]
    .filter((words) => words !== null && words !== "")
    .join(" · ")
}
