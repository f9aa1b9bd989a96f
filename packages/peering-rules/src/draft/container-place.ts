import { readContainerRegion, type Container, type ProviderName } from "@peering-desk/shared-schemas"
import { compareText } from "./taken-blocks.ts"

/**
 * The container that already serves a place, so that Atlas refuses a second one there (CONTAINER_ALREADY_EXISTS): it has one a
 * region on AWS and Azure, and one in all on Google Cloud. Whatever order the list has, the same one is found.
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
