import { readStatus, type AtlasPeer, type Container, type ProviderName } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { Requester } from "./requester.ts"
import type { ContainerChangeDeps } from "./create-container.ts"

export interface DeleteContainerDeps extends ContainerChangeDeps {
  /** Returns the peerings of a project in one cloud, as they are now. */
  listPeers: (projectId: string, providerName: ProviderName) => Promise<AtlasPeer[]>
}

interface DeletedContainer {
  providerName: ProviderName
  containerId: string
}

/** Time for which Atlas refuses to delete a new container, as far as is known. */
const recentForSeconds = 10

/**
 * Deletes a container at Atlas, once. If the answer is lost, looks at the list of containers.
 * @throws AppError `container_not_found`, or why Atlas refuses
 */
export async function deleteContainer(
  deps: DeleteContainerDeps,
  requester: Requester,
  plan: DeletedContainer,
): Promise<void> {
  const { atlas, changes, containersChanged } = deps
  const { projectId } = requester
  const before = await find(atlas, projectId, plan)
  if (before === undefined)
    throw new AppError("container_not_found", {
      detail: `This project has no container ${plan.containerId} on this cloud.`,
    })
  const about = { subject: `${plan.providerName} ${plan.containerId}`, peeringId: null, before }
  try {
    await changes.run(createContainerDeletionKind(atlas), { ...requester, ...about, plan })
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw await explainRefusal(deps, projectId, before, thrown)
  } finally {
    containersChanged(projectId)
  }
}

type ContainerCalls = Pick<AtlasClient, "deleteContainer" | "listContainers">

export function createContainerDeletionKind(atlas: ContainerCalls): ChangeKind<DeletedContainer, true> {
  return {
    action: "container-delete",
    isDoneByOthers: true,
    send: ({ projectId, plan }) => atlas.deleteContainer(projectId, plan.providerName, plan.containerId),
    findOut: async ({ projectId, plan }) =>
      (await find(atlas, projectId, plan)) === undefined ? { is: "done", result: true } : { is: "not-done" },
    toAfter: () => null,
  }
}

async function find(
  atlas: ContainerCalls,
  projectId: string,
  { providerName, containerId }: DeletedContainer,
): Promise<Container | undefined> {
  const containers = await atlas.listContainers(projectId)
  return containers.find((one) => one.providerName === providerName && one.id === containerId)
}

async function explainRefusal(
  { listPeers }: DeleteContainerDeps,
  projectId: string,
  container: Container,
  failure: AppError,
): Promise<AppError> {
  const explained = (detail: string, more: { retryAfterSeconds?: number } = {}) =>
    new AppError(failure.code, { ...failure.shown, detail, ...more, cause: failure })
  switch (failure.shown.atlas?.errorCode) {
    case "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER":
      return explained(
        `Atlas keeps a container that was just made for a few seconds. Try again in ${recentForSeconds} seconds.`,
        { retryAfterSeconds: recentForSeconds },
      )
    case "CONTAINERS_IN_USE": {
      const peers = await listPeers(projectId, container.providerName).catch(() => null)
      if (peers === null) return failure
      const inside = peers.filter(({ containerId }) => containerId === container.id)
      return explained(inside.length > 0 ? describePeers(inside) : withoutPeers)
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
