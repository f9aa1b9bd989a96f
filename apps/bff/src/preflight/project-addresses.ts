import {
  providerNames,
  type AddressList,
  type AtlasPeer,
  type Container,
  type ProblemCode,
  type Project,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

export interface AddressDeps {
  projectCache: ProjectCache
  pollers: PollerPool
}

interface KnownList<T> {
  name: AddressList
  value: T | null
  readAt: number | null
  problem: ProblemCode | null
}

/**
 * Builds what occupies addresses in a project from what is known now. A list that failed has its problem and hides no other list.
 * @param withMode whether peering-only mode is known for this project
 */
export function buildProjectAddresses(
  { projectCache, pollers }: AddressDeps,
  project: Project,
  withMode: boolean,
): ProjectAddresses {
  const { containers: cachedContainers, privateIpMode } = projectCache.of(project.id)
  const { value, readAt, failure } = cachedContainers.kept
  const containers: KnownList<Container[]> = {
    name: "containers",
    value,
    readAt,
    problem: failure?.code ?? null,
  }
  const peers = providerNames.map((name) => listPeers(pollers, project.id, name))
  const lists = [containers, ...peers]
  const unread = lists.filter((list) => list.readAt === null).map(({ name }) => name)
  const times = lists.flatMap((list) => list.readAt ?? [])
  const problem = lists.flatMap((list) => list.problem ?? []).at(0)
  return {
    project,
    containers: containers.value ?? [],
    peers: peers.flatMap((list) => list.value ?? []),
    privateIpMode: withMode ? (privateIpMode.kept.value?.enabled ?? null) : null,
    readAt: times.length === 0 ? null : toInstant(Math.min(...times)),
    problem: problem ?? (unread.length > 0 ? "atlas_timeout" : null),
    ...(unread.length > 0 && { unread }),
  }
}

function listPeers({ live }: PollerPool, projectId: string, name: ProviderName): KnownList<AtlasPeer[]> {
  const watch = live.watchOf(projectId, name)
  return {
    name,
    value: live.ofCloud(projectId, name).map(({ peer }) => peer),
    readAt: watch?.checkedAt == null ? null : Date.parse(watch.checkedAt),
    problem: watch?.problem ?? null,
  }
}
