import { apiUrls, type Installation } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readOf } from "./reads.ts"

/** Reads which Atlas this installation uses. */
export function installationQuery() {
  return queryOptions({
    queryKey: ["installation"],
    queryFn: readOf(apiUrls.installation(), hasFields<Installation>("atlasHost")),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
