import { apiUrls, type AddressSpace } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isAddressSpace = hasFields<AddressSpace>("projects")

/**
 * What takes up addresses in every project that the person may see.
 * @param projectId the project that has to be read anew; the others may be a minute old
 */
export function addressSpaceQuery(projectId?: string) {
  return queryOptions({
    queryKey: ["address-space", projectId ?? null],
    queryFn: async ({ signal }) => {
      const { projects } = await readJson({
        url: apiUrls.addressSpace(projectId),
        isAnswer: isAddressSpace,
        signal,
      })
      return projects
    },
  })
}
