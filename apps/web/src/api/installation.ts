import { apiUrls, type Installation } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isInstallation = hasFields<Installation>("atlasHost")

/** What this installation speaks to. */
export function installationQuery() {
  return queryOptions({
    queryKey: ["installation"],
    queryFn: ({ signal }) => readJson({ url: apiUrls.installation(), isAnswer: isInstallation, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
