import {
  readContainer,
  type Container,
  type NewContainer,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { readAnswered, readObject, readProviderName, type Answered } from "./atlas-answers.ts"
import type { CallDeps } from "./call-deps.ts"

export interface ContainerCalls {
  /** Lists the containers of all clouds. */
  listContainers(projectId: string): Promise<Container[]>
  createContainer(projectId: string, container: NewContainer): Promise<Answered<Container>>
  /** Deletes a container. Atlas refuses while anything uses it. */
  deleteContainer(projectId: string, providerName: ProviderName, containerId: string): Promise<Answered<true>>
}

/** Builds the calls that list, create and delete containers (Atlas: Network Peering). */
export function createContainerCalls({ call, listAll, paths, logger }: CallDeps): ContainerCalls {
  return {
    async listContainers(projectId) {
      return (await listAll(paths.allContainers(projectId))).flatMap((raw) => {
        const providerName = readProviderName(raw)
        const container = providerName === null ? null : readContainer(raw, providerName)
        if (container === null)
          logger.warn({ projectId, id: raw["id"] }, "Atlas listed a container that cannot be read")
        return container ?? []
      })
    },
    createContainer: (projectId, container) =>
      call({
        path: paths.containers(projectId),
        change: { method: "POST", body: container },
        // The answer of v1.0 does not name the cloud.
        read: readAnswered((body) => {
          const raw = readObject(body)
          return raw === null ? null : readContainer(raw, container.providerName)
        }),
      }),
    deleteContainer(projectId, providerName, containerId) {
      const query = new URLSearchParams({ providerName }).toString()
      return call({
        path: `${paths.container(projectId, containerId)}?${query}`,
        change: { method: "DELETE" },
        read: readAnswered(() => true as const),
      })
    },
  }
}
