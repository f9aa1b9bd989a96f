import type { ApiVersion } from "./endpoint.ts"
import { derive, lettersAndDigits } from "#world/identifiers.ts"
import type { Json } from "./json.ts"
import type { Container, Project } from "#world/world.ts"

/** The network Atlas makes inside a container, named only once something lives there. */
export function toAtlasNetwork(container: Container): {
  vpcId: string
  gcpProjectId: string
  networkName: string
  vnetName: string
} {
  const { id, providerName } = container
  const label = `${providerName}/${id}`
  return {
    vpcId: `vpc-0${derive(`${label}/vpc`, 16)}`,
    gcpProjectId: `p-${derive(`${label}/project`, 24, lettersAndDigits)}`,
    networkName: `nt-${id}-${derive(`${label}/network`, 8, lettersAndDigits)}`,
    vnetName: `vnet_${id}_${derive(`${label}/vnet`, 8, "abcdefghijklmnopqrstuvwxyz")}`,
  }
}

/** Writes a container as the API shows it; `inList` because v1.0 names the provider of AWS and GCP ones only there. */
export function toContainerJson(
  project: Project,
  container: Container,
  version: ApiVersion,
  inList: boolean,
): Json {
  const { id, atlasCidrBlock, provisioned, providerName, region, regions } = container
  const network = toAtlasNetwork(container)
  const common = { id, atlasCidrBlock, provisioned }
  const named = inList || version === "v2" ? providerName : undefined
  switch (providerName) {
    case "AWS":
      return { ...common, providerName: named, regionName: region, vpcId: provisioned ? network.vpcId : null }
    case "GCP":
      return {
        ...common,
        providerName: named,
        gcpProjectId: provisioned ? network.gcpProjectId : null,
        networkName: provisioned ? network.networkName : null,
        regions: regions ?? undefined,
      }
    case "AZURE":
      return {
        ...common,
        providerName,
        // Despite its name this is an id of Atlas's own, one for a project.
        azureSubscriptionId: derive(`${project.id}/azure`, 24),
        region,
        vnetName: provisioned ? network.vnetName : null,
      }
  }
}
