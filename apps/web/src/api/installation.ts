import { apiUrls, type Installation } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isInstallation = hasFields<Installation>("atlasHost")

/** Reads which Atlas this installation uses. */
export function installationQuery() {
  return queryOptions({
    queryKey: ["installation"],
    queryFn: ({ signal }) => readJson({ url: apiUrls.installation(), isAnswer: isInstallation, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
