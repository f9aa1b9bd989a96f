import {
  findContainerOf,
  PeeringRequest,
  readStatus,
  type AtlasPeer,
  type BlastRadius,
  type Container,
  type Peering,
} from "@peering-desk/shared-schemas"
import { toExportSubject, getWaitingOn } from "@peering-desk/peering-rules"
import { ignoring } from "#base/app-error.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

interface BlastRadiusDeps {
  projectCache: ProjectCache
  pollers: PollerPool
}

/** Returns what a deletion of a peering affects, and the name to type for it. Null means that Atlas does not tell. */
export async function readBlastRadius(
  { projectCache, pollers }: BlastRadiusDeps,
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
    containers.give(shownMaxAgeMs).catch(ignoring()),
    lastAwsConnection ? accessList.give(shownMaxAgeMs).catch(ignoring()) : [],
  ])
  const container = listed && findContainerOf(peer, listed)
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
    recreateBy: toRequest(projectId, peer, container),
  }
}

/** Returns the shortest name of a peering that is unique in its project. Many networks are called `default`. */
export function toDistinctName(peer: AtlasPeer, peerings: readonly Peering[]): string {
  const others = peerings.filter(({ id }) => id !== peer.id)
  const isDistinct = (name: string) => !others.some((other) => toNames(other.peer).includes(name))
  return toNames(peer).find(isDistinct) ?? peer.id
}

/** Returns the names of a peering, shortest first. The last one, Atlas's id, is always unique. */
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

/** Joins segments to a path. Returns nothing if Atlas leaves one out. */
function toPath(...segments: (string | null | undefined)[]): string[] {
  return segments.every(Boolean) ? [segments.join("/")] : []
}

/** Builds the request that would create a peering again; null when Atlas does not tell enough. */
export function toRequest(
  projectId: string,
  peer: AtlasPeer,
  container: Container | null,
): PeeringRequest | null {
  const { draft } = toExportSubject({ projectId, id: peer.id, peer }, container)
  return PeeringRequest.safeParse({ ...draft.request, providerName: peer.providerName }).data ?? null
}
