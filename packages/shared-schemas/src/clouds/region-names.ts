import { toAtlasRegionName } from "./aws-region-id.ts"
import { awsRegions } from "./aws-regions.ts"
import { azureRegions } from "./azure-regions.ts"
import { gcpRegions } from "./gcp-regions.ts"
import type { ProviderName } from "./provider.ts"

/** Atlas's name of each region of a cloud → the place (AWS) or the cloud's own name (Google Cloud, Azure) people know it by. */
export const regionsOfCloud: Record<ProviderName, Readonly<Record<string, string>>> = {
  AWS: awsRegions,
  GCP: gcpRegions,
  AZURE: azureRegions,
}

/** The common name of a region: `EU_CENTRAL_1` → "Frankfurt", `EASTERN_US` → "us-east1"; null for one we don't know. */
export function readRegionPlace(providerName: ProviderName, region: string): string | null {
  const regions = regionsOfCloud[providerName]
  return Object.hasOwn(regions, region) ? (regions[region] ?? null) : null
}

/**
 * Understands a region however it is written, in Atlas's spelling, the cloud's, as portals show it or by its place, in any
 * case: `eu-central-1`, `frankfurt` → `EU_CENTRAL_1`; `East US 2` → `US_EAST_2` of Azure. Null when Atlas runs in no such region.
 */
export function readRegionName(providerName: ProviderName, text: string): string | null {
  const regions = regionsOfCloud[providerName]
  const given = text.trim()
  const name = toAtlasRegionName(given.replaceAll(" ", "_"))
  if (Object.hasOwn(regions, name)) return name
  const known = toPlain(given)
  return Object.keys(regions).find((one) => toPlain(regions[one] ?? "") === known) ?? null
}

function toPlain(text: string): string {
  return text.toLowerCase().replaceAll(" ", "")
}
