import {
  PeeringRequest,
  readStatus,
  toAwsRegionId,
  type AtlasPeer,
  type BlastRadius,
  type Container,
  type Peering,
} from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { AppError } from "#base/app-error.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

interface BlastParts {
  projectCache: ProjectCache
  pollers: PollerPool
}

/** What goes with a connection when it is deleted, and what has to be typed to delete it. What Atlas does not tell is null. */
export async function readBlastRadius(
  { projectCache, pollers }: BlastParts,
  projectId: string,
  peeringId: string,
): Promise<BlastRadius> {
  const { peer } = await getPeering(pollers, projectId, peeringId)
  const { peerings } = pollers.live.list(projectId)
  const others = peerings.filter(
    (other) =>
      other.peer.providerName === peer.providerName &&
      other.id !== peeringId &&
      getWaitingOn(other.peer) !== "closing",
  )
  const lastAwsConnection = peer.providerName === "AWS" && others.length === 0
  const { accessList, containers } = projectCache.of(projectId)
  const [listed, entries] = await Promise.all([
    containers.give(shownMaxAgeMs).catch(toNull),
    lastAwsConnection ? accessList.give(shownMaxAgeMs).catch(toNull) : [],
  ])
  const container = listed && findContainer(listed, peer)
  const sharing = others.filter((other) => other.peer.containerId === peer.containerId)
  return {
    confirmBy: toDistinctName(peer, peerings),
    lastAwsConnection,
    securityGroups: entries && entries.flatMap(({ awsSecurityGroup }) => awsSecurityGroup ?? []),
    container,
    containerLeftWithoutPeers: sharing.length === 0,
    sharing: sharing.map((other) => ({
      id: other.id,
      name: toDistinctName(other.peer, peerings),
      status: readStatus(other.peer),
    })),
    recreateBy: toRequest(peer, container),
  }
}

/** The shortest name of a connection that no other one of its project has: many networks are called `default`. */
export function toDistinctName(peer: AtlasPeer, peerings: readonly Peering[]): string {
  const others = peerings.filter(({ id }) => id !== peer.id)
  const isDistinct = (name: string) => !others.some((other) => toNames(other.peer).includes(name))
  return toNames(peer).find(isDistinct) ?? peer.id
}

/** What people call a connection by, the shortest first, and Atlas's own id: the only one that is sure to be one connection's. */
function toNames(peer: AtlasPeer): string[] {
  switch (peer.providerName) {
    case "AWS":
      return [...toPath(peer.vpcId), peer.id]
    case "GCP":
      return [...toPath(peer.networkName), ...toPath(peer.gcpProjectId, peer.networkName), peer.id]
    case "AZURE":
      return [...toPath(peer.vnetName), ...toPath(peer.resourceGroupName, peer.vnetName), peer.id]
  }
}

/** The parts as one path; nothing when Atlas does not tell one of them. */
function toPath(...parts: (string | null | undefined)[]): string[] {
  return parts.every(Boolean) ? [parts.join("/")] : []
}

/** The container of a connection; null when Atlas does not list it. */
export function findContainer(containers: readonly Container[], peer: AtlasPeer): Container | null {
  return (
    containers.find(
      ({ id, providerName }) => id === peer.containerId && providerName === peer.providerName,
    ) ?? null
  )
}

/** The request that would make it again as it is; null when Atlas does not tell enough. */
export function toRequest(peer: AtlasPeer, container: Container | null): PeeringRequest | null {
  const region = container?.providerName === "AWS" ? (container.regionName ?? null) : null
  // Atlas leaves out the region that is the container's own.
  const accepterRegionName = peer.providerName === "AWS" ? (peer.accepterRegionName ?? region) : null
  const known: Record<string, unknown> = {
    ...peer,
    ...(accepterRegionName !== null && { accepterRegionName: toAwsRegionId(accepterRegionName) }),
  }
  const names = fieldNames[peer.providerName]
  const fields = Object.fromEntries(names.map((name) => [name, known[name]]))
  return PeeringRequest.safeParse(fields).data ?? null
}

const fieldNames: Record<AtlasPeer["providerName"], readonly string[]> = {
  AWS: ["providerName", "containerId", "accepterRegionName", "awsAccountId", "routeTableCidrBlock", "vpcId"],
  GCP: ["providerName", "containerId", "gcpProjectId", "networkName"],
  AZURE: [
    "providerName",
    "containerId",
    "azureDirectoryId",
    "azureSubscriptionId",
    "resourceGroupName",
    "vnetName",
  ],
}

/** What can't be read is not known; a defect of ours is still one. */
function toNull(thrown: unknown): null {
  if (thrown instanceof AppError) return null
  throw thrown
}
