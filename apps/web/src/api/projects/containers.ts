import { apiUrls, type ContainerList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readFieldOf } from "#api/reads.ts"

export const containersKey = (projectId: string) => ["containers", projectId]

/** Reads the Atlas containers of a project, all clouds. */
export function containersQuery(projectId: string) {
  return queryOptions({
    queryKey: containersKey(projectId),
    queryFn: readFieldOf<ContainerList, "containers">(apiUrls.containers(projectId), "containers"),
  })
}
