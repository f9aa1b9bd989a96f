import {
  awsRegions,
  azureRegions,
  gcpRegions,
  readContainerRegion,
  toAtlasRegionName,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"

/** Atlas's name of each region → what people know it by. */
export const regionsOf: Record<ProviderName, Readonly<Record<string, string>>> = {
  AWS: awsRegions,
  GCP: gcpRegions,
  AZURE: azureRegions,
}

/**
 * The container that a new one would meet: Atlas keeps one a region on AWS and Azure, and one a project on Google Cloud.
 * @param region as it is typed
 */
export function findTwin(
  containers: readonly Container[],
  providerName: ProviderName,
  region: string,
): Container | null {
  const name = toAtlasRegionName(region)
  const twin = containers.find(
    (one) =>
      one.providerName === providerName &&
      (providerName === "GCP" || toAtlasRegionName(readContainerRegion(one) ?? "") === name),
  )
  return twin ?? null
}

/** How many regions a restricted container on Google Cloud has room for: a /24 for each, in a /21 to /24 (Atlas: Create a container). */
export function toRegionRoom(atlasCidrBlock: string): number | null {
  const prefix = Number(/\/(\d{1,2})$/.exec(atlasCidrBlock)?.[1] ?? Number.NaN)
  return prefix >= 21 && prefix <= 24 ? 2 ** (24 - prefix) : null
}
