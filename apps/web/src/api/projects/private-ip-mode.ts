import { apiUrls, type ChangePrivateIpMode, type PrivateIpMode } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields, isHeld, orHeld } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isPrivateIpMode = hasFields<PrivateIpMode>("enabled")

/** Reads whether peering-only mode is on in a project. */
export function privateIpModeQuery(projectId: string) {
  return queryOptions({
    queryKey: ["private-ip-mode", projectId],
    queryFn: ({ signal }) =>
      readJson({ url: apiUrls.privateIpMode(projectId), isAnswer: isPrivateIpMode, signal }),
  })
}

/** Switches the mode, which the server allows administrators only. */
export function useChangePrivateIpMode(projectId: string) {
  const queryClient = useQueryClient()
  const { queryKey } = privateIpModeQuery(projectId)
  return useMutation({
    mutationFn: (body: ChangePrivateIpMode) =>
      sendJson({
        url: apiUrls.privateIpMode(projectId),
        isAnswer: orHeld(isPrivateIpMode),
        method: "PATCH",
        body,
      }),
    onSuccess: (mode) => isHeld(mode) || queryClient.setQueryData(queryKey, mode),
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
