import { readContainerRegion, readRegionPlace, type Container } from "@peering-desk/shared-schemas"

/** Describes where a container is: "Ireland", "All regions", "2 regions". */
export function toPlaceWords(container: Container): string {
  if (container.providerName === "GCP") {
    const count = container.regions?.length ?? 0
    return count === 0 ? "All regions" : count === 1 ? "1 region" : `${count} regions`
  }
  const region = readContainerRegion(container)
  if (region === null) return "Unknown region"
  return readRegionPlace(container.providerName, region) ?? region
}

/** Names a container in a sentence: "10.8.0.0/21 in EU_WEST_1". */
export function nameContainer(container: Container): string {
  const block = container.atlasCidrBlock ?? container.id
  const region = readContainerRegion(container)
  return region === null ? block : `${block} in ${region}`
}
