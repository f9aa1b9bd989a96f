import { derive } from "#world/identifiers.ts"
import type { Container, Project } from "#world/world.ts"
import type { ApiVersion } from "./endpoint.ts"
import type { Json } from "./json.ts"

const letters = "abcdefghijklmnopqrstuvwxyz"
const lettersAndDigits = `${letters}0123456789`

/** Names the network that Atlas makes inside a container, with nulls until something lives there. */
export function toAtlasNetwork(container: Container): Record<string, string | null> {
  const { id, providerName, provisioned } = container
  const name = (prefix: string, part: string, length: number, alphabet?: string) =>
    provisioned ? prefix + derive(`${providerName}/${id}/${part}`, length, alphabet) : null
  switch (providerName) {
    case "AWS":
      return { vpcId: name("vpc-0", "vpc", 16) }
    case "GCP":
      return {
        gcpProjectId: name("p-", "project", 24, lettersAndDigits),
        networkName: name(`nt-${id}-`, "network", 8, lettersAndDigits),
      }
    case "AZURE":
      return { vnetName: name(`vnet_${id}_`, "vnet", 8, letters) }
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
      // Despite its name this is an id that Atlas makes up. In recordings two projects share one.
      return { ...common, region, azureSubscriptionId: derive(`${project.orgId}/azure`, 24) }
  }
}
