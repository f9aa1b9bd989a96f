import { apiUrls, type ContainerList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isContainerList = hasFields<ContainerList>("containers")

export const containersKey = (projectId: string) => ["containers", projectId]

/** Reads the Atlas containers of a project, all clouds. */
export function containersQuery(projectId: string) {
  return queryOptions({
    queryKey: containersKey(projectId),
    queryFn: async ({ signal }) => {
      const { containers } = await readJson({
        url: apiUrls.containers(projectId),
        isAnswer: isContainerList,
        signal,
      })
      return containers
    },
  })
}
