import type { Container } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { containersQuery } from "#api/projects/containers.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { toUse, type ContainerUse } from "./container-use.ts"

/** Interval of reading the containers again, in milliseconds: their use is not streamed. */
const readEveryMs = 30_000

export interface ContainerWithUse {
  container: Container
  use: ContainerUse
}

/** Reads the containers of a project with their use; `rows` is undefined until they were read. */
export function useContainers(projectId: string) {
  const query = useQuery({ ...containersQuery(projectId), refetchInterval: readEveryMs })
  const { data: list, error: listError } = useQuery(peeringsQuery(projectId))
  const rows = query.data?.map((container): ContainerWithUse => ({ container, use: toUse(container, list) }))
  return { query, rows, list, listError }
}
