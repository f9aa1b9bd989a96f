import { apiUrls, type DeletedPeeringList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readFieldOf } from "#api/reads.ts"

/** Lists the deleted connections of a project, latest first. */
export function tombstonesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["deletedPeerings", projectId],
    queryFn: readFieldOf<DeletedPeeringList, "deletedPeerings">(
      apiUrls.deletedPeerings(projectId),
      "deletedPeerings",
    ),
    staleTime: 0,
  })
}
