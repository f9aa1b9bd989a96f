import { buildPath, type Path, type PathKnowledge } from "@peering-desk/peering-rules"
import {
  findContainerOf,
  type Container,
  type DeletedPeering,
  type NetworkFacts,
  type Peering,
  type Timeline,
  type Watch,
} from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { readCheckpoint } from "#api/audit.ts"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { clustersQuery } from "#api/projects/clusters.ts"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { toDeletion, toLastKnown, type Deletion } from "#shared/deletion.ts"

/** A connection to report on. */
export interface ReportSubject {
  projectId: string
  projectName: string
  peeringId: string
}

/** All that a report says of a connection. */
export interface ConnectionFacts {
  projectName: string
  peering: Peering
  container: Container | null
  /** Null while Atlas lists it. */
  deletion: Deletion | null
  path: Path
  /** What is known of the network in its cloud; null without facts. */
  facts: NetworkFacts | null
  timeline: Timeline
}

/** A record of some connections at one moment. */
export interface Report {
  /** Milliseconds since 1970. */
  madeAt: number
  madeBy: string
  /** The address of this installation. */
  origin: string
  /** The signed end of the audit log; null when there is none. */
  checkpoint: string | null
  connections: ConnectionFacts[]
}

/**
 * Reads what a report says, with everything that may have changed read anew. Throws `RequestError`.
 * @param person who makes it
 */
export async function readReport(
  client: QueryClient,
  subjects: readonly ReportSubject[],
  { person, now }: { person: string; now: number },
): Promise<Report> {
  const projects = new Map<string, ProjectFacts>()
  const connections: ConnectionFacts[] = []
  // One after the other: a report of fifty must not use up the person's rate limit at once.
  for (const subject of subjects) {
    const { projectId } = subject
    const project = projects.get(projectId) ?? (await readProject(client, projectId, now))
    projects.set(projectId, project)
    const facts = await readConnection(client, subject, project, now)
    if (facts !== null) connections.push(facts)
  }
  // Read last, so that it covers every entry above it.
  const { checkpoint } = await readCheckpoint()
  return { madeAt: now, madeBy: person, origin: location.origin, checkpoint, connections }
}

interface ProjectFacts extends Pick<PathKnowledge, "entries" | "clusters" | "customDns"> {
  peerings: Peering[]
  watches: Watch[]
  deletedPeerings: DeletedPeering[]
  containers: Container[]
}

async function readProject(client: QueryClient, projectId: string, now: number): Promise<ProjectFacts> {
  const [{ peerings, watches }, deletedPeerings, containers, entries, clusters, dns] = await Promise.all([
    // Without a stream of this project, what the cache has may be old.
    client.fetchQuery({ ...peeringsQuery(projectId), staleTime: 0 }),
    client.fetchQuery(tombstonesQuery(projectId)),
    client.fetchQuery(containersQuery(projectId)),
    attempt(client.fetchQuery({ ...accessListQuery(projectId, []), staleTime: 0 })),
    attempt(client.fetchQuery({ ...clustersQuery(projectId), staleTime: 0 })),
    attempt(client.fetchQuery({ ...projectSettingQuery("customDns", projectId), staleTime: 0 })),
  ])
  const at = new Date(now).toISOString()
  const toKnown = <Value>(value: Value | undefined) => (value === undefined ? undefined : { value, at })
  return {
    peerings,
    watches,
    deletedPeerings,
    containers,
    entries: toKnown(entries),
    clusters: toKnown(clusters),
    customDns: dns?.enabled,
  }
}

/** Returns undefined for what can't be read: it is not checked on the path. */
function attempt<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  return reading.catch(() => undefined)
}

/** Returns null for a connection that is gone and no longer kept. */
async function readConnection(
  client: QueryClient,
  { projectId, projectName, peeringId }: ReportSubject,
  { peerings, watches, deletedPeerings, containers, entries, clusters, customDns }: ProjectFacts,
  now: number,
): Promise<ConnectionFacts | null> {
  const listed = peerings.find(({ id }) => id === peeringId)
  const deleted = deletedPeerings.find(({ id }) => id === peeringId)
  const peering = listed ?? (deleted && toLastKnown(deleted))
  if (peering === undefined) return null
  const { peer } = peering
  const isGone = listed === undefined
  const container = findContainerOf(peer, containers)
  const facts = isGone ? null : await readFacts(client, peering)
  const checkedAt = watches.find(({ providerName }) => providerName === peer.providerName)?.checkedAt ?? null
  return {
    projectName,
    peering,
    container,
    deletion: isGone ? toDeletion(deleted, undefined) : null,
    facts,
    path: buildPath(peering, { container, facts, entries, clusters, customDns, checkedAt, now, isGone }),
    timeline: await client.fetchQuery(timelineQuery(projectId, peeringId)),
  }
}

async function readFacts(client: QueryClient, peering: Peering): Promise<NetworkFacts | null> {
  const known = await attempt(client.fetchQuery(networkFactsQuery(peering)))
  return known?.facts ?? null
}
