import { apiUrls, ContainerList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readJson } from "./http.ts"

/** The Atlas containers of a project, all clouds. */
export function containersQuery(projectId: string) {
  return queryOptions({
    queryKey: ["containers", projectId],
    queryFn: async ({ signal }) => {
      const { containers } = await readJson({
        url: apiUrls.containers(projectId),
        answer: ContainerList,
        signal,
      })
      return containers
    },
  })
}
