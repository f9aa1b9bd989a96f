import { cloudUrls, type NetworkList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readFieldOf } from "#api/reads.ts"

/** Lists the networks that roles read in the project's cloud accounts. */
export function networksQuery(projectId: string) {
  return queryOptions({
    queryKey: ["networks", projectId],
    queryFn: readFieldOf<NetworkList, "networks">(cloudUrls.networks(projectId), "networks"),
  })
}
