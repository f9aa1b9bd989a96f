import { parseCidr, type ProviderName } from "@peering-desk/shared-schemas"

/** The prefix lengths that a container may have, both ends included. */
export interface PrefixSpan {
  shortest: number
  longest: number
}

/** A restricted Google Cloud container gives each region a /24, from a /21 at most. */
export const mostSmallRegions = 8

/**
 * Returns the sizes that Atlas takes (Atlas: Create One New Network Peering Container).
 * @param regionCount how many regions a Google Cloud container is restricted to; 0 for every region
 */
export function toPrefixSpan(providerName: ProviderName, regionCount: number): PrefixSpan | null {
  if (providerName !== "GCP") return { shortest: 21, longest: 24 }
  if (regionCount === 0) return { shortest: 8, longest: 18 }
  if (regionCount > mostSmallRegions) return null
  return { shortest: 21, longest: 24 - Math.ceil(Math.log2(regionCount)) }
}

/** Tells if a block has a size within the span; false for a text that is not a block. */
export function isWithinSpan(cidr: string, span: PrefixSpan | null): boolean {
  const prefix = parseCidr(cidr)?.prefix
  return span !== null && prefix !== undefined && prefix >= span.shortest && prefix <= span.longest
}

/** Lists the prefix lengths to offer for a new container, the usual one first. */
export function listContainerPrefixes(providerName: ProviderName, regionCount: number): number[] {
  const span = toPrefixSpan(providerName, regionCount)
  if (span === null) return []
  const all = Array.from({ length: span.longest - span.shortest + 1 }, (_, index) => span.shortest + index)
  // A larger CIDR leaves room for nothing else in a private range.
  return span.shortest < 12 ? all.filter((prefix) => prefix >= 12).toReversed() : all
}

/** Tells if a container in this cloud can have a CIDR, for any regions. */
export function isContainerSize(providerName: ProviderName, cidr: string): boolean {
  return [0, 1].some((regionCount) => isWithinSpan(cidr, toPrefixSpan(providerName, regionCount)))
}

/** Counts the regions that fit the CIDR of a restricted Google Cloud container; null when no such container can have it. */
export function countRegionRoom(cidr: string): number | null {
  return isWithinSpan(cidr, toPrefixSpan("GCP", 1)) ? 2 ** (24 - (parseCidr(cidr)?.prefix ?? 24)) : null
}
