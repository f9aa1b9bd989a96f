import { apiUrls, type ClusterList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readFieldOf } from "#api/reads.ts"

/** A project's clusters with their connection strings. */
export function clustersQuery(projectId: string) {
  return queryOptions({
    queryKey: ["clusters", projectId],
    queryFn: readFieldOf<ClusterList, "clusters">(apiUrls.clusters(projectId), "clusters"),
  })
}
