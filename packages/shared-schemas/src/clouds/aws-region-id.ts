// Apart from the names of the regions, which the first page would load with it.

/** `US_WEST_1` (containers) → `us-west-1` (peerings and AWS itself). */
export function toAwsRegionId(region: string): string {
  return region.toLowerCase().replaceAll("_", "-")
}

/** `us-west-1` → `US_WEST_1`. */
export function toAtlasRegionName(region: string): string {
  return region.toUpperCase().replaceAll("-", "_")
}
