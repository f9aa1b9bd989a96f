import { apiUrls, type ChangeCustomDns, type ClusterList, type CustomDns } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields, isHeld, orHeld } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isClusterList = hasFields<ClusterList>("clusters")
const isCustomDns = hasFields<CustomDns>("enabled")

/** A project's clusters with their connection strings. */
export function clustersQuery(projectId: string) {
  return queryOptions({
    queryKey: ["clusters", projectId],
    queryFn: async ({ signal }) => {
      const url = apiUrls.clusters(projectId)
      const { clusters } = await readJson({ url, isAnswer: isClusterList, signal })
      return clusters
    },
  })
}

/** Reads whether custom DNS of clusters on AWS is enabled in a project. */
export function customDnsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["custom-dns", projectId],
    queryFn: ({ signal }) => readJson({ url: apiUrls.customDns(projectId), isAnswer: isCustomDns, signal }),
  })
}

/** Switches custom DNS, which the server allows administrators only. Connection strings come or go with it. */
export function useChangeCustomDns(projectId: string) {
  const queryClient = useQueryClient()
  const { queryKey } = customDnsQuery(projectId)
  return useMutation({
    mutationFn: (body: ChangeCustomDns) =>
      sendJson({ url: apiUrls.customDns(projectId), isAnswer: orHeld(isCustomDns), method: "PATCH", body }),
    onSuccess: (setting) => {
      if (isHeld(setting)) return
      queryClient.setQueryData(queryKey, setting)
      return queryClient.invalidateQueries({ queryKey: clustersQuery(projectId).queryKey })
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
