import type { Peering } from "@peering-desk/shared-schemas"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

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

function listPeerings(pollers: PollerPool, projectId: string, account: string | null): Peering[] {
  if (account === null) return []
  return pollers.live
    .ofCloud(projectId, "AWS")
    .filter(({ peer }) => peer.providerName === "AWS" && peer.awsAccountId === account)
}
