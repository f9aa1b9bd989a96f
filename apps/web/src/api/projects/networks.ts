import { cloudUrls, type NetworkList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"

const isNetworkList = hasFields<NetworkList>("networks")

/** Lists the networks that roles read in the project's cloud accounts. */
export function networksQuery(projectId: string) {
  return queryOptions({
    queryKey: ["networks", projectId],
    queryFn: async ({ signal }) =>
      (await readJson({ url: cloudUrls.networks(projectId), isAnswer: isNetworkList, signal })).networks,
  })
}
