import type { ProjectSnapshot } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  providerNames,
  readAtlasPeer,
  type NewContainer,
  type PeeringDraft,
  type PeeringRequest,
  type Project,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import type { AtlasClient, AtlasKeyClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { mayCreateIn } from "#operations/key-rights.ts"

async function readAddresses(client: AtlasClient, project: Project): Promise<ProjectAddresses> {
  const peers = await Promise.all(
    providerNames.map(async (name) =>
      (await client.listPeers(project.id, name)).flatMap((raw) => readAtlasPeer(raw, name) ?? []),
    ),
  )
  return {
    project,
    containers: await client.listContainers(project.id),
    peers: peers.flat(),
    privateIpMode: (await client.readPrivateIpMode(project.id)).enabled,
    readAt: "2026-11-24T12:00:00.000Z",
    problem: null,
  }
}

/** Reads the snapshot for a verdict in one project through the real client. */
export async function readSnapshot(
  client: AtlasKeyClient,
  projectId: string,
  peersPerProject: number,
): Promise<ProjectSnapshot> {
  const key = await client.describeKey("*")
  const projects = key.projects.map((seen) => ({
    id: seen.id,
    name: seen.name,
    keyMayCreate: mayCreateIn(seen, key),
  }))
  const all = await Promise.all(projects.map((project) => readAddresses(client, project)))
  const here = all.find(({ project }) => project.id === projectId)
  if (here === undefined) throw new Error(`there is no project ${projectId}`)
  return { here, otherProjects: all.filter((one) => one !== here), peersPerProject, now: Date.now() }
}

/** Sends a draft as it is, past our own rules, since the forms are wrong on purpose. */
export async function sendAnyway(client: AtlasClient, projectId: string, draft: PeeringDraft): Promise<void> {
  const { providerName, request, newContainer } = draft
  let { containerId } = request
  if (containerId === newContainerMark && newContainer !== undefined) {
    const { region, ...rest } = newContainer
    const place = region === undefined ? {} : { [providerName === "AWS" ? "regionName" : "region"]: region }
    const container = { providerName, ...rest, ...place } as NewContainer
    containerId = (await client.createContainer(projectId, container)).value.id
  }
  await client.createPeer(projectId, { providerName, ...request, containerId } as PeeringRequest)
}

/** Returns the errorCode of Atlas's refusal, or null when it accepts the request. */
export async function readRefusal(sending: Promise<void>): Promise<string | null> {
  try {
    await sending
    return null
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.shown.atlas !== undefined) return thrown.shown.atlas.errorCode
    throw thrown
  }
}
