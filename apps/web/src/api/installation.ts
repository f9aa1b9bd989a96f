import { apiUrls, Installation } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { readJson } from "./http.ts"

/** What this installation speaks to. */
export function installationQuery() {
  return queryOptions({
    queryKey: ["installation"],
    queryFn: ({ signal }) => readJson({ url: apiUrls.installation(), answer: Installation, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
