import type { AtlasPeer, Container, Inventory, PeeringRequest } from "@peering-desk/shared-schemas"
import type { Network } from "./run.ts"
import type { Scene } from "./scene.ts"

const projectName = "payments-prod"
const awsRegion = { container: "US_EAST_1", vpc: "us-east-1" }

/**
 * Builds the network of a scene, which no connection has yet, in a container of the demo's busiest project.
 * @param key random hexadecimal digits, one per run
 * @returns null when this person sees no such project or container
 */
export function buildNetwork(
  { cloud, overlaps }: Pick<Scene, "cloud" | "overlaps">,
  { projects }: Inventory,
  key: string,
): Network | null {
  const entry = projects.find(({ project }) => project.name === projectName)
  const container = entry?.containers.find(
    (one) =>
      one.providerName === cloud && (one.providerName !== "AWS" || one.regionName === awsRegion.container),
  )
  if (entry === undefined || container === undefined) return null
  const peers = entry.peerings.map(({ peer }) => peer)
  const free = chooseBlock(peers, Number.parseInt(key.slice(0, 4), 16))
  const block = (overlaps === true && findTakenBlock(peers, container)) || free
  const projectId = entry.project.id
  const request = toRequest(container, key.replaceAll("-", ""), block)
  return { projectId, request, networkBlocks: [free] }
}

function toRequest(container: Container, digits: string, block: string): PeeringRequest {
  const name = digits.slice(0, 6)
  switch (container.providerName) {
    case "AWS":
      return {
        providerName: "AWS",
        containerId: container.id,
        awsAccountId: "482913570264",
        accepterRegionName: awsRegion.vpc,
        vpcId: `vpc-${digits.slice(0, 17)}`,
        routeTableCidrBlock: block,
      }
    case "GCP":
      return {
        providerName: "GCP",
        containerId: container.id,
        gcpProjectId: `acme-orders-${name}`,
        networkName: "orders-vpc",
      }
    case "AZURE":
      return {
        providerName: "AZURE",
        containerId: container.id,
        azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
        azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
        resourceGroupName: "rg-orders",
        vnetName: `vnet-orders-${name}`,
      }
  }
}

/**
 * Chooses a block of 10/8 that no network of the demo uses, outside of what Google Cloud chooses for its networks.
 * @param random from where to look: a request whose answer was lost may have a block that is not listed yet
 */
function chooseBlock(peers: readonly AtlasPeer[], random: number): string {
  const used = new Set(peers.map((peer) => (peer.providerName === "AWS" ? peer.routeTableCidrBlock : null)))
  const blocks = Array.from({ length: 28 }, (_, index) => `10.${100 + ((random + index) % 28)}.0.0/16`)
  return blocks.find((block) => !used.has(block)) ?? `10.${150 + (random % 100)}.0.0/16`
}

/** Finds addresses that another network of the container has. */
function findTakenBlock(peers: readonly AtlasPeer[], { id }: Container): string | null | undefined {
  const other = peers.find((peer) => peer.providerName === "AWS" && peer.containerId === id)
  return other?.providerName === "AWS" ? other.routeTableCidrBlock : undefined
}

/** Returns whether a peering is with the network of a request. */
export function isOfNetwork(peer: AtlasPeer, request: PeeringRequest): boolean {
  if (peer.providerName === "AWS" && request.providerName === "AWS") return peer.vpcId === request.vpcId
  if (peer.providerName === "AZURE" && request.providerName === "AZURE")
    return peer.vnetName === request.vnetName
  return (
    peer.providerName === "GCP" &&
    request.providerName === "GCP" &&
    peer.gcpProjectId === request.gcpProjectId
  )
}
