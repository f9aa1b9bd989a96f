import {
  findContainerOf,
  readVpcRegionId,
  toAwsRegionId,
  type AwsPeer,
  type Container,
  type Peering,
} from "@peering-desk/shared-schemas"
import type { PollerPool } from "#polling/poller-pool.ts"
import { otherMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"

/** A connection of an AWS account, with its container and its VPC's region. */
export interface AccountConnection {
  peering: Peering
  container: Container | null
  vpcId: string
  region: string
}

export interface NetworksDeps {
  pollers: PollerPool
  projectCache: ProjectCache
}

/** Counts a project's connections in an AWS account. */
export function countConnections(
  { pollers }: Pick<NetworksDeps, "pollers">,
  { projectId, account }: { projectId: string; account: string | null },
): number {
  return listPeerings(pollers, projectId, account).length
}

/** Lists a project's connections in an AWS account, and the regions of the project's containers on AWS, as far as they are known. */
export async function readAccountNetworks(
  { pollers, projectCache }: NetworksDeps,
  { projectId, account }: { projectId: string; account: string },
): Promise<{ connections: AccountConnection[]; regions: string[]; areKnown: boolean }> {
  const cloud = pollers.of(projectId, "AWS")
  const [{ value }] = await Promise.all([
    projectCache.of(projectId).containers.refresh(otherMaxAgeMs),
    // Nobody may have viewed the project so far.
    cloud.isFresh(otherMaxAgeMs) || cloud.pollOnce(otherMaxAgeMs),
  ])
  const containers = value ?? []
  const connections = listPeerings(pollers, projectId, account).flatMap((peering): AccountConnection[] => {
    const peer = peering.peer as AwsPeer
    const container = findContainerOf(peer, containers)
    const region = readVpcRegionId(peer, container)
    const { vpcId } = peer
    return typeof vpcId === "string" && region !== null ? [{ peering, container, vpcId, region }] : []
  })
  const regions = containers.flatMap((one) => {
    const region = one.providerName === "AWS" ? one.regionName : null
    return typeof region === "string" ? [toAwsRegionId(region)] : []
  })
  return { connections, regions: [...new Set(regions)], areKnown: value !== null }
}

/** Lists a project's connections in an AWS account. */
export function listPeerings(pollers: PollerPool, projectId: string, account: string | null): Peering[] {
  if (account === null) return []
  return pollers.live
    .ofCloud(projectId, "AWS")
    .filter(({ peer }) => peer.providerName === "AWS" && peer.awsAccountId === account)
}
