import { parseCidr, type ProviderName } from "@peering-desk/shared-schemas"

/** The prefix lengths that a container may have, both ends within. */
export interface PrefixSpan {
  shortest: number
  longest: number
}

/** A Google Cloud container gives each region that it is restricted to a /24 of a /21 at most. */
export const mostSmallRegions = 8

/**
 * The sizes that Atlas takes (Atlas: Create One New Network Peering Container).
 * @param regionCount how many regions a Google Cloud container is restricted to; 0 for every region
 */
export function toPrefixSpan(providerName: ProviderName, regionCount: number): PrefixSpan | null {
  if (providerName !== "GCP") return { shortest: 21, longest: 24 }
  if (regionCount === 0) return { shortest: 8, longest: 18 }
  if (regionCount > mostSmallRegions) return null
  return { shortest: 21, longest: 24 - Math.ceil(Math.log2(regionCount)) }
}

/** Whether a block has a size within the span; false for what is no block. */
export function isWithinSpan(cidr: string, span: PrefixSpan | null): boolean {
  const prefix = parseCidr(cidr)?.prefix
  return span !== null && prefix !== undefined && prefix >= span.shortest && prefix <= span.longest
}
