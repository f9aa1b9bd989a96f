import { readStatus, type AtlasPeer, type Container, type ProviderName } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { createProjectKind } from "./project-kind.ts"
import type { ContainerChangeDeps } from "./create-container.ts"

export interface ContainerDeletionDeps extends ContainerChangeDeps {
  /** Returns the peerings of a project in one cloud, as they are now. */
  listPeers: (projectId: string, providerName: ProviderName) => Promise<AtlasPeer[]>
}

interface ContainerName {
  providerName: ProviderName
  containerId: string
}

/** Time for which Atlas refuses to delete a new container, as far as is known. */
const recentForSeconds = 10

/** The deletion of a container. Refused with `container_not_found`, or with what still uses it. */
export function createContainerDeletion({ atlas, containersChanged, listPeers }: ContainerDeletionDeps) {
  const find = async (projectId: string, { providerName, containerId }: ContainerName) => {
    const containers = await atlas.listContainers(projectId)
    return containers.find((one) => one.providerName === providerName && one.id === containerId)
  }
  return createProjectKind<ContainerName, true, Container>({
    action: "container-delete",
    toActions: () => ["container"],
    isDoneByOthers: true,
    toSubject: ({ providerName, containerId }) => `${providerName} ${containerId}`,
    async readBefore({ projectId, plan }) {
      const before = await find(projectId, plan)
      if (before !== undefined) return before
      throw new AppError("container_not_found", {
        detail: `This project has no container ${plan.containerId} on this cloud.`,
      })
    },
    send: ({ projectId, plan }) => atlas.deleteContainer(projectId, plan.providerName, plan.containerId),
    findOut: async ({ projectId, plan }) =>
      (await find(projectId, plan)) === undefined ? { is: "done", result: true } : { is: "not-done" },
    toAfter: () => null,
    explain: ({ projectId, plan }, refusal) => explainRefusal(listPeers, projectId, plan, refusal),
    noteChanged: containersChanged,
  })
}

async function explainRefusal(
  listPeers: ContainerDeletionDeps["listPeers"],
  projectId: string,
  { providerName, containerId }: ContainerName,
  failure: AppError,
): Promise<AppError> {
  switch (failure.shown.atlas?.errorCode) {
    case "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER":
      return failure.explain({
        detail: `Atlas keeps a container that was just made for a few seconds. Try again in ${recentForSeconds} seconds.`,
        retryAfterSeconds: recentForSeconds,
      })
    case "CONTAINERS_IN_USE": {
      const peers = await listPeers(projectId, providerName).catch(() => null)
      if (peers === null) return failure
      const inside = peers.filter((peer) => peer.containerId === containerId)
      return failure.explain({ detail: inside.length > 0 ? describePeers(inside) : withoutPeers })
    }
    default:
      return failure
  }
}

const withoutPeers =
  "It has no connections. A cluster may use it, or the last connection was just deleted. Try again in a few minutes, then check for a cluster in its region."

function describePeers(peers: readonly AtlasPeer[]): string {
  const named = peers.slice(0, 5).map((peer) => `${peer.id} (${readStatus(peer) ?? "no status"})`)
  const more = peers.length > named.length ? ` and ${peers.length - named.length} more` : ""
  const one = peers.length === 1
  return `${one ? "A connection lives" : `${peers.length} connections live`} in it: ${named.join(", ")}${more}. Delete ${one ? "it" : "them"} first.`
}
