import {
  findFreeBlock,
  isNewContainerPossible,
  suggestNewContainer,
  toVerdict,
  wellKnownBlocks,
  type ProjectSnapshot,
} from "@peering-desk/peering-rules"
import {
  newContainerMark,
  privateRanges,
  readContainerRegion,
  toAwsRegionId,
  type Container,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"

export const sampleNotes = { displayName: "sample", reason: "Trying out Peering Desk" }

/**
 * Builds a draft with made-up values that Atlas would take; null when the project has no room for one.
 * Prefers a container of the project, and creates one otherwise.
 */
export function buildSampleDraft(providerName: ProviderName, snapshot: ProjectSnapshot): PeeringDraft | null {
  const containers = snapshot.here.containers.filter((one) => one.providerName === providerName)
  const drafts = [
    ...containers.map((container) => toDraft(providerName, snapshot, container)),
    ...(isNewContainerPossible(providerName, containers) ? [toDraft(providerName, snapshot, null)] : []),
  ]
  return drafts.find((draft) => toVerdict(draft, snapshot).plan !== null) ?? null
}

function toDraft(
  providerName: ProviderName,
  snapshot: ProjectSnapshot,
  container: Container | null,
): PeeringDraft {
  const region = container === null ? null : readContainerRegion(container)
  const request = {
    ...buildNetwork(providerName, snapshot, region),
    containerId: container?.id ?? newContainerMark,
  }
  const draft: PeeringDraft = {
    providerName,
    request,
    networkBlocks: [findBlock(snapshot)],
    ...(providerName !== "AWS" && { peeredBlocks: ["none"] }),
  }
  if (container !== null) return draft
  const suggested = suggestNewContainer(draft, snapshot, providerName === "AZURE" ? "US_EAST_2" : null)
  return {
    ...draft,
    newContainer: {
      atlasCidrBlock: suggested.atlasCidrBlock ?? "",
      ...(suggested.region !== null && { region: suggested.region }),
    },
  }
}

function buildNetwork(
  providerName: ProviderName,
  snapshot: ProjectSnapshot,
  region: string | null,
): Record<string, string> {
  switch (providerName) {
    case "AWS":
      return {
        awsAccountId: "482913570264",
        accepterRegionName: region === null ? "us-east-1" : toAwsRegionId(region),
        vpcId: `vpc-0${randomHex(16)}`,
        routeTableCidrBlock: findBlock(snapshot),
      }
    case "GCP":
      return { gcpProjectId: "acme-sample-417203", networkName: `sample-${randomHex(6)}` }
    case "AZURE":
      return {
        azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
        azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
        resourceGroupName: "rg-sample",
        vnetName: `vnet-sample-${randomHex(6)}`,
      }
  }
}

/** Finds a /16 that nothing known uses. */
function findBlock({ here, otherProjects }: ProjectSnapshot): string {
  const taken = [here, ...otherProjects].flatMap(({ containers, peers }) => [
    ...containers.flatMap(({ atlasCidrBlock }) => atlasCidrBlock ?? []),
    ...peers.flatMap((peer) => (peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? []) : [])),
  ])
  const avoid = [...taken, ...wellKnownBlocks.map(({ cidr }) => cidr)]
  return findFreeBlock({ prefix: 16, within: privateRanges, avoid }) ?? "10.250.0.0/16"
}

function randomHex(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return [...bytes].map((byte) => (byte % 16).toString(16)).join("")
}
