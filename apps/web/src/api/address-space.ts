import { apiUrls, type AddressSpace } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isAddressSpace = hasFields<AddressSpace>("projects")

/** What takes up addresses in every project that the person may see. */
export function addressSpaceQuery() {
  return queryOptions({
    queryKey: ["address-space"],
    queryFn: async ({ signal }) => {
      const { projects } = await readJson({ url: apiUrls.addressSpace(), isAnswer: isAddressSpace, signal })
      return projects
    },
  })
}
