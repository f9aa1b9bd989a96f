import type { Container, DeletedPeering, Peering, Timeline } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { readCheckpoint } from "#api/audit.ts"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { toDeletion, toLastKnown, type Deletion } from "#shared/deletion.ts"
import { getListedBlock, listSetupSteps, type SetupStep } from "#shared/setup/setup-steps.ts"

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
  steps: SetupStep[]
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
    const project = projects.get(projectId) ?? (await readProject(client, projectId))
    projects.set(projectId, project)
    const facts = await readConnection(client, subject, project)
    if (facts !== null) connections.push(facts)
  }
  // Read last, so that it covers every entry above it.
  const { checkpoint } = await readCheckpoint()
  return { madeAt: now, madeBy: person, origin: location.origin, checkpoint, connections }
}

interface ProjectFacts {
  peerings: Peering[]
  deletedPeerings: DeletedPeering[]
  containers: Container[]
}

async function readProject(client: QueryClient, projectId: string): Promise<ProjectFacts> {
  const [{ peerings }, deletedPeerings, containers] = await Promise.all([
    // Without a stream of this project, what the cache has may be old.
    client.fetchQuery({ ...peeringsQuery(projectId), staleTime: 0 }),
    client.fetchQuery(tombstonesQuery(projectId)),
    client.fetchQuery(containersQuery(projectId)),
  ])
  return { peerings, deletedPeerings, containers }
}

/** Returns null for a connection that is gone and no longer kept. */
async function readConnection(
  client: QueryClient,
  { projectId, projectName, peeringId }: ReportSubject,
  { peerings, deletedPeerings, containers }: ProjectFacts,
): Promise<ConnectionFacts | null> {
  const listed = peerings.find(({ id }) => id === peeringId)
  const deleted = deletedPeerings.find(({ id }) => id === peeringId)
  const peering = listed ?? (deleted && toLastKnown(deleted))
  if (peering === undefined) return null
  const { peer } = peering
  const isGone = listed === undefined
  const container =
    containers.find((one) => one.id === peer.containerId && one.providerName === peer.providerName) ?? null
  const block = isGone ? null : getListedBlock(peering)
  const entries = block === null ? undefined : await client.fetchQuery(accessListQuery(projectId, [block]))
  return {
    projectName,
    peering,
    container,
    deletion: isGone ? toDeletion(deleted, undefined) : null,
    steps: listSetupSteps(peering, container, { isGone, entries }),
    timeline: await client.fetchQuery(timelineQuery(projectId, peeringId)),
  }
}
