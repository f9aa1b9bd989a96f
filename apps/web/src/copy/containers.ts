import { readContainerRegion, readRegionPlace, type Container } from "@peering-desk/shared-schemas"

/** Describes where a container is: "Ireland", "Every region", "2 regions". */
export function toPlaceWords(container: Container): string {
  if (container.providerName === "GCP") {
    const count = container.regions?.length ?? 0
    return count === 0 ? "Every region" : count === 1 ? "One region" : `${count} regions`
  }
  const region = readContainerRegion(container)
  if (region === null) return "Region not known"
  return readRegionPlace(container.providerName, region) ?? region
}

/** Names a container in a sentence: "10.8.0.0/21 in EU_WEST_1". */
export function nameContainer(container: Container): string {
  const block = container.atlasCidrBlock ?? container.id
  const region = readContainerRegion(container)
  return region === null ? block : `${block} in ${region}`
}
