import { apiUrls, type AddressSpace } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readAgainJson } from "#api/http.ts"

const isAddressSpace = hasFields<AddressSpace>("projects")

/** The key of all readings of addresses. */
export const addressSpaceKey = () => ["address-space"]

/**
 * Lists what takes up addresses in every project that the person may see.
 * @param projectId a project that must be as fresh as a verdict; the others may be a minute old
 */
export function addressSpaceQuery(projectId?: string) {
  return queryOptions({
    queryKey: [...addressSpaceKey(), projectId ?? null],
    queryFn: async ({ signal }) => {
      const { projects } = await readAgainJson({
        url: apiUrls.addressSpace({ project: projectId }),
        isAnswer: isAddressSpace,
        signal,
      })
      return projects
    },
    ...(projectId === undefined ? {} : { staleTime: 10_000 }),
  })
}
