import { isPrivate, parseCidr } from "#world/cidr.ts"
import type { CidrBlock } from "#world/cidr.ts"
import type { Container, ProviderName } from "#world/world.ts"
import { AtlasError } from "./errors.ts"
import { awsRegions, azureRegions, gcpRegions, isClosedRegion } from "./regions.ts"
import type { Fields } from "./request-body.ts"
import { allowOnly, optionalText, requiredText } from "./request-body.ts"

const regionFields = { AWS: "regionName", GCP: "regions", AZURE: "region" } as const
const knownRegions = { AWS: awsRegions, GCP: gcpRegions, AZURE: azureRegions } as const
const readOnlyFields = [
  "id",
  "provisioned",
  "vpcId",
  "azureSubscriptionId",
  "vnetName",
  "gcpProjectId",
  "networkName",
]

type ContainerDraft = Pick<Container, "atlasCidrBlock" | "region" | "regions">

/** Throws for a field that a container of this cloud does not have. */
export function checkContainerFieldNames(fields: Fields, providerName: ProviderName): void {
  allowOnly(fields, ["atlasCidrBlock", "providerName", regionFields[providerName]], readOnlyFields)
}

function checkSize(block: CidrBlock, text: string, providerName: ProviderName, regions: number | null): void {
  const isSmall = block.prefix >= 21 && block.prefix <= 24
  if (providerName !== "GCP") {
    if (!isSmall) throw new AtlasError("ATLAS_INVALID_CIDR_BLOCK", [text, "21 to /24", providerName])
  } else if (regions === null) {
    if (block.prefix > 18) throw new AtlasError("ATLAS_INVALID_CIDR_BLOCK", [text, "18 or larger", "GCP"])
  } else if (!isSmall || 2 ** (24 - block.prefix) < regions) {
    // A small container gives each of its regions a /24.
    throw new AtlasError("ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER")
  }
}

/** Reads `atlasCidrBlock`; throws the error of the first broken rule. `regions` counts a small GCP container's. */
export function readAtlasCidr(fields: Fields, providerName: ProviderName, regions: number | null): string {
  const text = requiredText(fields, "atlasCidrBlock")
  const block = parseCidr(text)
  if (block === null) throw new AtlasError("INVALID_CIDR_BLOCK", [text])
  if (!isPrivate(block)) throw new AtlasError("ATLAS_INVALID_CIDR_RANGE", [text])
  if (block.hasHostBits) throw new AtlasError("ATLAS_NON_CANONICAL_CIDR_BLOCK", [text, block.canonical])
  checkSize(block, text, providerName, regions)
  return text
}

function checkRegion(region: string, providerName: ProviderName): void {
  if (!knownRegions[providerName].includes(region)) throw new AtlasError("INVALID_ENUM_VALUE", [region])
  if (isClosedRegion(region)) throw new AtlasError("REGION_UNAVAILABLE", [region])
}

function readRegions(fields: Fields): string[] | null {
  const value = fields["regions"] ?? null
  if (value === null) return null
  if (!Array.isArray(value)) throw new AtlasError("INVALID_JSON_ATTRIBUTE", ["regions"])
  const regions: string[] = []
  for (const region of value) {
    if (typeof region !== "string") throw new AtlasError("INVALID_JSON_ATTRIBUTE", ["regions"])
    checkRegion(region, "GCP")
    regions.push(region)
  }
  return regions.length === 0 ? null : regions
}

/** Reads the body of a new container; throws the AtlasError of the first wrong field. */
export function readContainerDraft(fields: Fields, providerName: ProviderName): ContainerDraft {
  checkContainerFieldNames(fields, providerName)
  requiredText(fields, "atlasCidrBlock")
  if (providerName === "GCP") {
    const regions = readRegions(fields)
    return { atlasCidrBlock: readAtlasCidr(fields, "GCP", regions?.length ?? null), region: null, regions }
  }
  const region = requiredText(fields, regionFields[providerName])
  checkRegion(region, providerName)
  return { atlasCidrBlock: readAtlasCidr(fields, providerName, null), region, regions: null }
}

/** Reads the region of a change, undefined when absent; throws INVALID_JSON for an unknown region. */
export function readChangedRegion(fields: Fields, providerName: "AWS" | "AZURE"): string | undefined {
  const region = optionalText(fields, regionFields[providerName])
  // Seen on the live service: a change with `us_east_1` is refused as JSON of the wrong form, a creation is not.
  if (region !== undefined && !knownRegions[providerName].includes(region))
    throw new AtlasError("INVALID_JSON")
  return region
}
