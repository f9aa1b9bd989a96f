import { readContainerRegion, type Container, type ProviderName } from "@peering-desk/shared-schemas"
import { compareText } from "./taken-blocks.ts"

/**
 * Finds the container that already serves a place; Atlas refuses a second one there (CONTAINER_ALREADY_EXISTS). A project
 * has one for each region on AWS and Azure, and a single one on Google Cloud. The order of the list makes no difference.
 * @param region in Atlas's own name (`US_EAST_1`); null when none is chosen yet. Google Cloud needs none
 */
export function findContainerInPlace(
  containers: readonly Container[],
  providerName: ProviderName,
  region: string | null,
): Container | null {
  const [found = null] = containers
    .filter(
      (one) =>
        one.providerName === providerName &&
        (providerName === "GCP" || (region !== null && readContainerRegion(one) === region)),
    )
    .sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)))
  return found
}
