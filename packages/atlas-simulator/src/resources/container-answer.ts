import { toAtlasNetwork, toAtlasSubscription } from "#world/atlas-network.ts"
import type { Container, Project } from "#world/world.ts"
import type { ApiVersion } from "./endpoint.ts"
import type { Json } from "./json.ts"

/** Writes a container as the API shows it; `inList` because v1.0 names the provider of AWS and GCP ones only there. */
export function toContainerJson(
  project: Project,
  container: Container,
  version: ApiVersion,
  inList: boolean,
): Json {
  const { id, atlasCidrBlock, provisioned, providerName, region, regions } = container
  const namesProvider = inList || version === "v2" || providerName === "AZURE"
  const common = {
    id,
    atlasCidrBlock,
    provisioned,
    ...toAtlasNetwork(container),
    ...(namesProvider ? { providerName } : {}),
  }
  switch (providerName) {
    case "AWS":
      return { ...common, regionName: region }
    case "GCP":
      // The schema of v2 requires the list; what it holds for a container of every region is not known.
      return { ...common, regions: regions ?? (version === "v2" ? [] : undefined) }
    case "AZURE":
      return { ...common, region, azureSubscriptionId: toAtlasSubscription(project.orgId) }
  }
}
